/// When a target is scraped: once in each interval from the first instant of the run on.
///
/// All times are milliseconds; held in 32 bits, for each series has them: an interval is less than 24 days.
struct ScrapeTimes: Hashable, Sendable {
  private let (ownPhase, ownInterval): (Int32, Int32)

  init(phase: Int64, interval: Int64) {
    (ownPhase, ownInterval) = (Int32(clamping: phase), Int32(clamping: interval))
  }

  /// Of the scrape within each interval.
  var phase: Int64 { Int64(ownPhase) }
  var interval: Int64 { Int64(ownInterval) }

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
