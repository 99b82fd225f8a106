import Units

/// How far an exporter has read what a meter noted.
struct MeterReader: Sendable {
  /// When its target is scraped.
  let scrapes: ScrapeTimes
  /// Rows until then are of the time before it.
  let from: Instant
  /// The next row in the meter.
  var position: Int

  init(_ scrapes: ScrapeTimes, from: Instant, position: Int = 0) {
    (self.scrapes, self.from, self.position) = (scrapes, from, position)
  }
}

/// Something that shows what a meter noted.
protocol MeterExporter {
  var reader: MeterReader { get set }
  static var origin: MeterRows.Origin { get }
  mutating func write(_ row: MeterRow, at: Int64, into store: inout TelemetryStore)
}

extension MeterExporter {
  /// Writes what rows say that some scrape has seen; in between nobody looks.
  ///
  /// - Parameters:
  ///   - end: rows from then on are left.
  ///   - isOver: whether nothing comes after `end`.
  /// - Returns: whether there is a row that no scrape has seen yet.
  mutating func read(
    _ rows: MeterRows, before end: Instant, isOver: Bool, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) -> Bool {
    var pending: Int?
    var seen: Int64 = 0
    var position = max(reader.position, rows.start)
    while position < rows.end {
      let at = rows.time(position)
      if at >= end.ns { break }
      let next = rows.next(position)
      if at > reader.from.ns {
        let time = clock.time(Instant(ns: at))
        if let pending, seen < time { write(pending, rows, clock, into: &store) }
        pending = position
        seen = store.scrape(atOrAfter: time, reader.scrapes)
      }
      position = next
    }
    reader.position = position
    guard let pending else { return false }
    if isOver || seen <= store.end {
      write(pending, rows, clock, into: &store)
      return false
    }
    reader.position = pending
    return true
  }

  private mutating func write(
    _ position: Int, _ rows: MeterRows, _ clock: TelemetryClock, into store: inout TelemetryStore
  ) {
    let row = rows.row(position, since: Self.origin)
    write(row, at: clock.time(row.at), into: &store)
  }
}
