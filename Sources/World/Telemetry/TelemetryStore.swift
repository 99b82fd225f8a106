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
    /// Ascending in time.
    var points: [Point]
  }

  /// In the order in which they were first shown.
  private(set) var rows: [Row] = []
  private var places: [PromQL.Labels: Int] = [:]
  private var named: [String: [Int]] = [:]
  public let scrapeInterval: Span
  /// The first and the last instant of the run.
  public let begin: Int64
  public let end: Int64
  /// What its series may be of, sorted by name.
  public let families: [MetricFamily]

  /// The metrics that are kept; nil: all.
  let names: Set<String>?

  init(
    scrapeInterval: Span, begin: Int64, end: Int64,
    families: [MetricFamily] = MetricCatalog.families, names: Set<String>? = nil
  ) {
    (self.scrapeInterval, self.begin, self.end) = (scrapeInterval, begin, end)
    (self.families, self.names) = (families, names)
  }

  /// Whether series of some of these families are kept.
  func keeps(_ families: [MetricFamily]) -> Bool {
    guard let names else { return true }
    return names.contains { name in families.contains { $0.isShown(as: name) } }
  }

  public var seriesCount: Int { rows.count }

  /// Notes a value from an instant on; instants of a series never go back.
  mutating func set(_ labels: PromQL.Labels, phase: Int64, at: Int64, _ value: Double) {
    if let names, !names.contains(labels.name) { return }
    guard let place = places[labels] else {
      places[labels] = rows.count
      named[labels.name, default: []].append(rows.count)
      rows.append(Row(labels: labels, phase: phase, points: [Point(at: at, value: value)]))
      return
    }
    let last = rows[place].points[rows[place].points.count - 1]
    if last.value.bitPattern == value.bitPattern { return }
    if last.at == at {
      rows[place].points[rows[place].points.count - 1].value = value
    } else {
      rows[place].points.append(Point(at: at, value: value))
    }
  }

  func knows(_ labels: PromQL.Labels) -> Bool { places[labels] != nil }

  /// Series end: nobody shows them from an instant on.
  mutating func end(_ labels: [PromQL.Labels], phase: Int64, at: Int64) {
    for one in labels where knows(one) { set(one, phase: phase, at: at, Samples.stale) }
  }

  /// Targets do not answer from an instant on, and do again from another one on.
  mutating func silence(instances: Set<String>, from: Int64, to: Int64) {
    for place in rows.indices where instances.contains(rows[place].labels["instance"]) {
      let points = rows[place].points
      let isUp = rows[place].labels.name == "up"
      guard let known = points.last(where: { $0.at <= from }), !Samples.isStale(known.value) else {
        continue
      }
      let latest = points.last { $0.at <= to }?.value ?? known.value
      rows[place].points =
        points.filter { $0.at < from } + [Point(at: from, value: isUp ? 0 : Samples.stale)]
        + [Point(at: to, value: latest)].filter { _ in to <= end } + points.filter { $0.at > to }
    }
  }

  /// The names of all metrics, sorted.
  public var metricNames: [String] { named.keys.sorted() }

  public func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
    let name = matchers.first { $0.name == PromQL.Labels.metricName && $0.operation == .equal }
    let candidates = name.map { named[$0.value] ?? [] } ?? Array(rows.indices)
    return candidates.filter { at in matchers.allSatisfy { $0.matches(rows[at].labels) } }
      .map { Series(labels: rows[$0].labels, samples: samples(rows[$0], in: span)) }
      .filter { $0.samples.count > 0 }.sorted { $0.labels < $1.labels }
  }

  /// All series with all their samples, sorted by labels.
  public var all: [Series] {
    let span = TimeSpan(after: begin - 1, through: end)
    return rows.map { Series(labels: $0.labels, samples: samples($0, in: span)) }
      .filter { $0.samples.count > 0 }.sorted { $0.labels < $1.labels }
  }

  private func samples(_ row: Row, in span: TimeSpan) -> Samples {
    var samples = Samples()
    let interval = scrapeInterval.ns / 1_000_000
    let from = max(span.after + 1, begin, row.points[0].at)
    let through = min(span.through, end)
    guard from <= through else { return samples }
    // The first scrape from `from` on.
    var time = begin + row.phase
    if time < from { time += (from - time + interval - 1) / interval * interval }
    var next = 0
    var value = Samples.stale
    // Whether the scrape before showed it.
    var isShown = shows(row, at: time - interval)
    while time <= through {
      while next < row.points.count, row.points[next].at <= time {
        value = row.points[next].value
        next += 1
      }
      if !Samples.isStale(value) || isShown {
        samples.times.append(time)
        samples.values.append(value)
      }
      isShown = !Samples.isStale(value)
      time += interval
    }
    return samples
  }

  private func shows(_ row: Row, at time: Int64) -> Bool {
    guard time >= begin, let last = row.points.last(where: { $0.at <= time }) else { return false }
    return !Samples.isStale(last.value)
  }
}
