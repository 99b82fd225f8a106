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
    /// When its target is scraped, within the interval.
    var phase: Int64
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
  private var outages = TargetOutages()
  public let scrapeInterval: Span
  let interval: Int64
  /// The first instant of the run, and the one until which it has been looked at.
  public let begin: Int64
  public internal(set) var end: Int64
  /// What its series may be of, sorted by name.
  public let families: [MetricFamily]
  public let wanted: WantedSeries

  init(
    scrapeInterval: Span, begin: Int64, end: Int64,
    families: [MetricFamily] = MetricCatalog.families, wanted: WantedSeries = .all
  ) {
    (self.scrapeInterval, self.begin, self.end) = (scrapeInterval, begin, end)
    (self.families, self.wanted) = (families, wanted)
    interval = scrapeInterval.ns / 1_000_000
  }

  public var seriesCount: Int { places.count }

  /// The first scrape at or after an instant.
  func scrape(atOrAfter time: Int64, phase: Int64) -> Int64 {
    let first = begin + phase
    return time <= first ? first : first + (time - first + interval - 1) / interval * interval
  }

  /// The series of these labels; none where nobody wants it.
  mutating func place(of labels: PromQL.Labels, phase: Int64) -> Place {
    if let place = places[labels] { return place }
    guard wanted.wants(labels) else { return .none }
    let place = Place(row: Int32(rows.count))
    places[labels] = place
    index.add(labels, place.row, by: wanted.indexed)
    rows.append(Row(labels: labels, phase: phase))
    return place
  }

  /// Notes a value from an instant on. What was noted for later instants is superseded.
  mutating func set(_ place: Place, at: Int64, _ value: Double) {
    if place.isNone { return }
    let row = Int(place.row)
    while let last = rows[row].points.last, last.at > at { rows[row].points.removeLast() }
    if let last = rows[row].points.last {
      if last.value.bitPattern == value.bitPattern { return }
      let phase = rows[row].phase
      if scrape(atOrAfter: last.at, phase: phase) >= at {
        rows[row].points[rows[row].points.count - 1].value = value
        return
      }
    }
    rows[row].points.append(Point(at: at, value: value))
  }

  mutating func set(_ labels: PromQL.Labels, phase: Int64, at: Int64, _ value: Double) {
    set(place(of: labels, phase: phase), at: at, value)
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
  mutating func forget(before time: Int64) {
    var gone = false
    for row in rows.indices {
      let points = rows[row].points
      guard points.count > 1 || points.first.map({ Samples.isStale($0.value) }) ?? false else {
        continue
      }
      // A point holds until the next one; a marker is scraped once.
      var keep = points.startIndex
      while keep + 1 < points.count, points[keep + 1].at <= time { keep += 1 }
      if keep + 1 == points.count, Samples.isStale(points[keep].value),
        points[keep].at + interval < time
      {
        places[rows[row].labels] = nil
        rows[row] = Row(labels: .empty, phase: 0)
        gone = true
      } else if keep > 0 {
        rows[row].points.removeFirst(keep)
      }
    }
    if gone {
      let rows = rows
      index.keep { !rows[Int($0)].labels.pairs.isEmpty }
    }
  }

  /// Prepares for queries: what is selected stands in the order of its labels.
  mutating func sort() {
    let rows = rows
    index.sort { rows[Int($0)].labels < rows[Int($1)].labels }
  }

  /// The names of all metrics, sorted.
  public var metricNames: [String] { index.names }

  public func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
    var found: [Series] = []
    let selected = rows(matching: matchers).sortedUnlessSorted { rows[$0].labels < rows[$1].labels }
    found.reserveCapacity(selected.count)
    for row in selected {
      let samples = samples(rows[row], in: span)
      if samples.count > 0 { found.append(Series(labels: rows[row].labels, samples: samples)) }
    }
    return found
  }

  /// All series with all their samples, sorted by labels.
  public var all: [Series] {
    let span = TimeSpan(after: begin - 1, through: end)
    return rows.filter { !$0.points.isEmpty }
      .map { Series(labels: $0.labels, samples: samples($0, in: span)) }
      .filter { $0.samples.count > 0 }.sorted { $0.labels < $1.labels }
  }

  func rows(matching matchers: [LabelMatcher]) -> [Int] {
    let candidates = index.candidates(matchers) ?? rows.indices.map { Int32($0) }
    return candidates.lazy.map { Int($0) }.filter { row in
      !rows[row].points.isEmpty && matchers.allSatisfy { $0.matches(rows[row].labels) }
    }
  }

  private func samples(_ row: Row, in span: TimeSpan) -> Samples {
    var samples = Samples()
    let from = max(span.after + 1, begin, row.points[0].at)
    let through = min(span.through, end)
    guard from <= through else { return samples }
    let silences = outages.isEmpty ? [] : outages.silences(of: row.labels)
    let isUp = !silences.isEmpty && row.labels.name == "up"
    var time = scrape(atOrAfter: from, phase: row.phase)
    if time > through { return samples }
    samples.times.reserveCapacity(Int((through - time) / interval) + 1)
    samples.values.reserveCapacity(Int((through - time) / interval) + 1)
    func shown(_ value: Double, at time: Int64) -> Double {
      guard silences.contains(where: { $0.from <= time && time < $0.to }) else { return value }
      return isUp && !Samples.isStale(value) ? 0 : Samples.stale
    }
    var next = row.points.partitioningIndex { $0.at > time }
    // Whether the scrape before showed it.
    let before = time - interval
    let last = row.points.partitioningIndex { $0.at > before }
    var isShown =
      before >= begin && last > 0
      && !Samples.isStale(shown(row.points[last - 1].value, at: before))
    while time <= through {
      while next < row.points.count, row.points[next].at <= time { next += 1 }
      var value = next == 0 ? Samples.stale : row.points[next - 1].value
      if !silences.isEmpty { value = shown(value, at: time) }
      if !Samples.isStale(value) || isShown {
        samples.times.append(time)
        samples.values.append(value)
      }
      isShown = !Samples.isStale(value)
      time += interval
    }
    return samples
  }
}

extension Array {
  /// The first index whose element fulfils the condition, as all that follow do.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
