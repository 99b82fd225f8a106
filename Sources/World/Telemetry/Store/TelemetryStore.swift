public import PromQL
public import Units

/// What Prometheus would have scraped in a run.
///
/// A series is its change points and the target that shows it; samples are computed when they are read,
/// at the instants at which that target is scraped. A series that its target no longer shows, or whose
/// target is gone, ends with a staleness marker at the scrape after.
public struct TelemetryStore: SeriesSource, Sendable {
  /// From an instant on, the value that a target shows; `Samples.stale`: it shows the series no more.
  struct Point: Sendable {
    /// Milliseconds since the epoch, as all times here.
    var at: Int64
    var value: Double
  }

  struct Row: Sendable {
    var labels: PromQL.Labels
    /// When its target is scraped.
    var scrapes: ScrapeTimes
    /// Ascending in time; of several between two scrapes only the last.
    var points: [Point] = []
  }

  /// A series of the store; one that nobody wants is none.
  struct Place: Hashable, Sendable {
    fileprivate let row: Int32

    static let none = Place(row: -1)
    var isNone: Bool { row < 0 }
  }

  /// In the order in which they were first shown.
  private(set) var rows: [Row] = []
  private var places: [PromQL.Labels: Place] = [:]
  private var index = SeriesIndex()
  private(set) var outages = TargetOutages()
  /// Of all targets but those that push what they show.
  public let scrapeInterval: Span
  /// The first instant of the run, and the one until which it has been looked at.
  public let begin: Int64
  public internal(set) var end: Int64
  /// What its series may be of, sorted by name.
  public let families: [MetricFamily]
  public internal(set) var wanted: WantedSeries

  init(
    scrapeInterval: Span, begin: Int64, end: Int64,
    families: [MetricFamily] = MetricCatalog.families, wanted: WantedSeries = .all
  ) {
    (self.scrapeInterval, self.begin, self.end) = (scrapeInterval, begin, end)
    (self.families, self.wanted) = (families, wanted)
  }

  public var seriesCount: Int { places.count }

  /// The first scrape at or after an instant.
  func scrape(atOrAfter time: Int64, _ scrapes: ScrapeTimes) -> Int64 {
    scrapes.first(atOrAfter: time, begin: begin)
  }

  /// The series of these labels; none where nobody wants it.
  mutating func place(of labels: PromQL.Labels, _ scrapes: ScrapeTimes) -> Place {
    if let place = places[labels] { return place }
    let name = labels.name
    guard let indexed = wanted.indexed(labels, of: name) else { return .none }
    let place = Place(row: Int32(rows.count))
    places[labels] = place
    index.add(labels, place.row, of: name, by: indexed)
    rows.append(Row(labels: labels, scrapes: scrapes))
    return place
  }

  /// The series of a target under this name; none where nobody wants it.
  mutating func place(
    of name: String, _ labels: [PromQL.Label] = [], at target: Target
  ) -> Place {
    guard wanted.wants(name) else { return .none }
    return place(of: target.labels(name, labels), target.scrapes)
  }

  func labels(of place: Place) -> PromQL.Labels {
    place.isNone ? .empty : rows[Int(place.row)].labels
  }

  /// Whether a place is that of these labels.
  func holds(_ place: Place, _ labels: PromQL.Labels) -> Bool {
    !place.isNone && rows[Int(place.row)].labels == labels
  }

  /// Notes a value from an instant on. What was noted for later instants is superseded.
  mutating func set(_ place: Place, at: Int64, _ value: Double) {
    if place.isNone { return }
    let row = Int(place.row)
    while let last = rows[row].points.last, last.at > at { rows[row].points.removeLast() }
    if let last = rows[row].points.last {
      if last.value.bitPattern == value.bitPattern { return }
      if scrape(atOrAfter: last.at, rows[row].scrapes) >= at {
        rows[row].points[rows[row].points.count - 1].value = value
        return
      }
    }
    rows[row].points.append(Point(at: at, value: value))
  }

  mutating func set(_ labels: PromQL.Labels, _ scrapes: ScrapeTimes, at: Int64, _ value: Double) {
    set(place(of: labels, scrapes), at: at, value)
  }

  mutating func set(_ name: String, at target: Target, _ at: Int64, _ value: Double) {
    set(place(of: name, at: target), at: at, value)
  }

  /// Series end: nobody shows them from an instant on.
  mutating func end(_ places: [Place], at: Int64) {
    for place in places where !place.isNone && !rows[Int(place.row)].points.isEmpty {
      set(place, at: at, Samples.stale)
    }
  }

  /// Targets do not answer from an instant on.
  mutating func silence(_ instances: [String], from: Int64) {
    outages.begin(instances, at: from)
  }

  /// They answer again.
  mutating func hear(_ instances: [String], from: Int64) { outages.end(instances, at: from) }

  /// Drops what no query can look at any more: samples before an instant.
  ///
  /// - Parameter kept: an earlier one, whose samples are kept of series that have not ended.
  mutating func forget(before time: Int64, keeping kept: Int64? = nil) {
    var gone = false
    for row in rows.indices {
      guard let old = rows[row].oldPoints(from: time) else {
        places[rows[row].labels] = nil
        rows[row] = Row(labels: .empty, scrapes: rows[row].scrapes)
        gone = true
        continue
      }
      if let kept, let place = rows[row].points[..<old].lastIndex(where: { $0.at <= kept }) {
        if place + 1 < old { rows[row].points.removeSubrange((place + 1)..<old) }
        if place > 0 { rows[row].points.removeFirst(place) }
      } else if old > 0 {
        rows[row].points.removeFirst(old)
      }
    }
    if gone {
      let rows = rows
      index.keep { !rows[Int($0)].labels.isEmpty }
    }
  }

  /// Prepares for queries: what is selected stands in the order of its labels.
  mutating func sort() {
    let rows = rows
    index.sort { rows[Int($0)].labels }
  }

  /// The names of all metrics, sorted.
  public var metricNames: [String] { index.names }

  public func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
    var found: [Series] = []
    let selected = rows(matching: matchers)
    found.reserveCapacity(selected.count)
    for row in selected {
      let samples = samples(rows[row], in: span)
      if samples.count > 0 { found.append(Series(labels: rows[row].labels, samples: samples)) }
    }
    return found
  }

  /// All series with all their samples, sorted by labels.
  public var all: [Series] { all { $0 } }

  /// The same without the samples between scrapes of what is pushed more often.
  var atScrapes: [Series] {
    let interval = scrapeInterval.ns / 1_000_000
    return all { row in
      var row = row
      row.scrapes = ScrapeTimes(
        phase: row.scrapes.phase, interval: max(interval, row.scrapes.interval))
      return row
    }
  }

  private func all(_ seen: (Row) -> Row) -> [Series] {
    let span = TimeSpan(after: begin - 1, through: end)
    return rows.filter { !$0.points.isEmpty }
      .map { Series(labels: $0.labels, samples: samples(seen($0), in: span)) }
      .filter { $0.samples.count > 0 }.sorted { $0.labels < $1.labels }
  }

  /// The series that fulfil conditions, in the order of their labels.
  func rows(matching matchers: [LabelMatcher]) -> [Int] {
    let candidates =
      index.candidates(matchers)
      ?? .init(rows: rows.indices.map { Int32($0) }, areSorted: false, conditions: matchers)
    var found: [Int] = []
    found.reserveCapacity(candidates.rows.count)
    for row in candidates.rows {
      let row = Int(row)
      if rows[row].points.isEmpty { continue }
      if candidates.conditions.isEmpty || rows[row].labels.fulfil(candidates.conditions) {
        found.append(row)
      }
    }
    if candidates.areSorted { return found }
    return found.sortedUnlessSorted { rows[$0].labels < rows[$1].labels }
  }
}

extension TelemetryStore.Row {
  /// How many points no query can look at any more that asks for samples from a time on; nil: all of
  /// them, since the series has ended.
  fileprivate func oldPoints(from time: Int64) -> Int? {
    guard let last = points.last else { return 0 }
    // A point holds until the next one; a marker is scraped once.
    if Samples.isStale(last.value), last.at + scrapes.interval < time { return nil }
    var old = 0
    while old + 1 < points.count, points[old + 1].at <= time { old += 1 }
    return old
  }
}
