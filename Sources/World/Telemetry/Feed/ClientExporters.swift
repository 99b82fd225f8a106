import PromQL
import Units

/// What stands between the clients of loads and the pods, and shows the sum of what several meters note.
struct ClientExporters: Sendable {
  /// One meter of clients, and its latest row that was shown.
  struct Source: Sendable {
    /// In `MeterBook.clients`.
    var meter: Int
    var position = 0
    var latest: MeterRow?
  }

  struct Exporter: Sendable {
    var scrapes: ScrapeTimes
    var requests: RequestSeries
    var sources: [Source]
  }

  var all: [Exporter] = []
  /// Of destinations: their place in `all`, by the labels that name them.
  var destinations: [PromQL.Labels: Int] = [:]
  /// Rows of the counters that have an exporter, or need none.
  var known = 0
  /// Those of which nothing was counted yet.
  var silent: [Int] = []

  /// Reads what scrapes have seen after `since`, until the end of the store.
  mutating func read(
    _ meters: MeterBook, since: Int64, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) {
    for index in all.indices {
      var scrape = store.scrape(atOrAfter: since + 1, all[index].scrapes)
      while scrape <= store.end {
        read(index, at: scrape, meters, clock, into: &store)
        scrape += all[index].scrapes.interval
      }
    }
  }

  /// Forgets rows that all who read them have read.
  static func forget(readBy readers: [ClientExporters], in meters: inout MeterBook) {
    var needed: [Int: Int] = [:]
    for source in readers.flatMap(\.all).flatMap(\.sources) {
      needed[source.meter] = min(needed[source.meter] ?? .max, source.position)
    }
    for meter in needed.keys.sorted() {
      if let position = needed[meter], meter < meters.clients.count {
        meters.forgetRows(ofClient: meter, before: position)
      }
    }
  }

  private mutating func read(
    _ index: Int, at scrape: Int64, _ meters: MeterBook, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) {
    var latest: Instant?
    for number in all[index].sources.indices {
      let source = all[index].sources[number]
      guard source.meter < meters.clients.count else { continue }
      let rows = meters.clients[source.meter].rows
      var position = max(source.position, rows.start)
      var found: Int?
      while position < rows.end, clock.time(Instant(ns: rows.time(position))) <= scrape {
        found = position
        position = rows.next(position)
      }
      guard let found else { continue }
      let row = rows.row(found, since: .meter)
      all[index].sources[number].position = position
      all[index].sources[number].latest = row
      latest = max(latest ?? row.at, row.at)
    }
    guard let latest else { return }
    let rows = all[index].sources.compactMap(\.latest)
    all[index].requests.write(rows, at: clock.time(latest), into: &store)
  }
}
