public import ClusterAPI
public import PromQL
public import Units
public import World

/// What the rules of a run found: its alerts over time, and the series that its rules wrote.
public struct AlertHistory: Sendable {
  /// One alert from its first firing to its end.
  public struct Firing: Sendable {
    public var name: String
    public var labels: PromQL.Labels
    /// The annotation `summary`, else `description`; empty where there is neither.
    public var summary: String
    public var from: Instant
    /// nil: it fires at the end.
    public var to: Instant?
  }

  /// In the order of their beginnings.
  public private(set) var firings: [Firing] = []
  /// Rules that had no result, each once.
  public private(set) var failures: [RuleFailure] = []
  /// What recording rules and alerts wrote.
  private var outputs = SeriesStore()
  private var evaluations: [RuleEvaluation]
  /// When each group is evaluated next.
  private var times: [Int64]
  private let begin: Int64

  /// - Parameters:
  ///   - store: as it is at the first instant.
  ///   - seed: of the run, by which the groups' evaluations are spread over their intervals.
  public init(_ groups: [RuleGroup], over store: TelemetryStore, seed: UInt64) {
    evaluations = groups.map { RuleEvaluation($0) }
    times = groups.map { $0.firstEvaluation(from: store.begin, seed: seed) }
    begin = store.begin
  }

  /// Evaluates the groups side by side, each at times of its own.
  ///
  /// - Parameters:
  ///   - store: what has been scraped until then.
  ///   - last: the last time of evaluation.
  public mutating func evaluate(over store: TelemetryStore, through last: Int64) {
    var series = RuleOutputs(over: store, outputs: outputs)
    outputs = SeriesStore()
    while let next = times.indices.min(by: { (times[$0], $0) < (times[$1], $1) }),
      times[next] <= last
    {
      let failed = evaluations[next].evaluate(at: times[next], in: &series)
      for failure in failed
      where !failures.contains(where: { $0.group == failure.group && $0.rule == failure.rule }) {
        failures.append(failure)
      }
      take(evaluations[next], Instant(ns: (times[next] - store.begin) * 1_000_000))
      times[next] += max(1, evaluations[next].group.interval)
    }
    outputs = series.outputs
  }

  /// The run's series with those that rules wrote.
  public func series(over store: TelemetryStore) -> RuleOutputs<TelemetryStore> {
    RuleOutputs(over: store, outputs: outputs)
  }

  /// Drops what rules have written before a time.
  public mutating func forget(before time: Int64) { outputs.forget(before: time) }

  private mutating func take(_ evaluation: RuleEvaluation, _ at: Instant) {
    var names: Set<String> = []
    for (index, rule) in evaluation.group.rules.enumerated() {
      guard case .alerting(let rule) = rule else { continue }
      names.insert(rule.name)
      for alert in evaluation.alerts(ofRule: index) where alert.state == .firing {
        let isKnown = firings.contains { $0.to == nil && $0.labels == alert.labels }
        if isKnown { continue }
        firings.append(
          Firing(
            name: rule.name, labels: alert.labels, summary: AlertHistory.summary(alert), from: at))
      }
    }
    let firing = Set(evaluation.firing.map(\.labels))
    for index in firings.indices
    where firings[index].to == nil && names.contains(firings[index].name)
      && !firing.contains(firings[index].labels)
    {
      firings[index].to = at
    }
  }

  /// For the timeline of the run.
  public var happenings: [TimelineEntry] {
    let fired = firings.flatMap { firing in
      let about = AlertHistory.about(firing.labels, firing.summary)
      let begin = TimelineEntry(at: firing.from, happening: .alertFires(firing.name, about: about))
      guard let to = firing.to else { return [begin] }
      return [begin, TimelineEntry(at: to, happening: .alertResolved(firing.name, about: about))]
    }
    return fired + pending
  }

  /// Of each rule none of whose alerts fires, the alert that has been pending for longest.
  private var pending: [TimelineEntry] {
    evaluations.flatMap { evaluation in
      evaluation.group.rules.enumerated().compactMap { index, rule -> TimelineEntry? in
        guard case .alerting(let rule) = rule else { return nil }
        let alerts = evaluation.alerts(ofRule: index)
        guard alerts.allSatisfy({ $0.state == .pending }),
          let first = alerts.min(by: { $0.activeAt < $1.activeAt })
        else { return nil }
        return TimelineEntry(
          at: Instant(ns: (first.activeAt - begin) * 1_000_000),
          happening: .alertPending(
            rule.name, about: AlertHistory.about(first.labels, AlertHistory.summary(first)),
            hold: .milliseconds(rule.hold)))
      }
    }
  }

  private static func summary(_ alert: Alert) -> String {
    let summary = alert.annotations["summary"]
    return summary.isEmpty ? alert.annotations["description"] : summary
  }

  private static func about(_ labels: PromQL.Labels, _ summary: String) -> String {
    summary.isEmpty ? labels.removing(["alertname"]).description : summary
  }
}

/// Whether an alert fires after the change.
public struct AlertExpectation: Hashable, Sendable {
  public var name: String
  public var fires: Bool
  /// From the change to its firing, at most.
  public var within: Span?

  public init(_ name: String, fires: Bool, within: Span? = nil) {
    (self.name, self.fires, self.within) = (name, fires, within)
  }
}

extension Checks {
  static func alert(_ expected: AlertExpectation, _ trace: RunTrace) -> Finding {
    let name = "alert \(expected.name)"
    guard let alerts = trace.alerts else { return Finding(name, .inconclusive, "no rules") }
    if let failure = alerts.failures.first(where: { $0.rule == expected.name }) {
      return Finding(name, .inconclusive, failure.message)
    }
    let firing = alerts.firings.first {
      $0.name == expected.name && ($0.to ?? .never) > trace.changeAt
    }
    guard let firing else {
      return Finding(name, expected.fires ? .broken : .met, "did not fire")
    }
    let after = max(firing.from, trace.changeAt) - trace.changeAt
    let isLate = expected.within.map { after > $0 } ?? false
    let about = firing.summary.isEmpty ? "" : ": \(firing.summary)"
    let origin = trace.subjects.isEmpty ? "start" : "change"
    return Finding(
      name, expected.fires && !isLate ? .met : .broken,
      at: expected.fires && !isLate ? nil : firing.from,
      "fires \(Figures.span(after)) after the \(origin)\(about)")
  }
}
