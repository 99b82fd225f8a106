/// When a target is scraped: once in each interval from the first instant of the run on.
///
/// All times are milliseconds.
struct ScrapeTimes: Hashable, Sendable {
  /// Of the scrape within each interval.
  let phase: Int64
  let interval: Int64

  /// The first one at or after an instant.
  ///
  /// - Parameter begin: the first instant of the run.
  func first(atOrAfter time: Int64, begin: Int64) -> Int64 {
    let first = begin + phase
    return time <= first ? first : first + (time - first + interval - 1) / interval * interval
  }

  /// The last one until an instant; nil: there was none yet.
  func last(through time: Int64, begin: Int64) -> Int64? {
    let first = begin + phase
    return time < first ? nil : time - (time - first) % interval
  }
}
