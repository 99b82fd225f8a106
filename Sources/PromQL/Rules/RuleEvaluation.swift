/// What the rules of a server have in common.
public struct RuleSettings: Sendable {
  public var externalLabels: Labels
  public var externalURL: String
  public var options: QueryOptions

  public init(
    externalLabels: Labels = .empty, externalURL: String = "",
    options: QueryOptions = QueryOptions()
  ) {
    self.externalLabels = externalLabels
    self.externalURL = externalURL
    self.options = options
  }
}

/// Why a rule had no result at some time.
public struct RuleFailure: Error, Sendable, Equatable {
  public var group: String
  public var rule: String
  /// Milliseconds since 1970.
  public var time: Int64
  public var message: String
}

/// A group of rules over time: its alerts, and the series that it wrote.
public struct RuleEvaluation: Sendable {
  public let group: RuleGroup
  public let settings: RuleSettings
  private var tables: [AlertTable]
  /// What each rule wrote at its last evaluation.
  private var written: [[Labels]]

  public init(_ group: RuleGroup, settings: RuleSettings = RuleSettings()) {
    self.group = group
    self.settings = settings
    tables = Array(repeating: AlertTable(), count: group.rules.count)
    written = Array(repeating: [], count: group.rules.count)
  }

  /// The alerts of a rule that are pending or fire, in the order in which they came up.
  public func alerts(ofRule index: Int) -> [Alert] { tables[index].active }

  /// All alerts that fire.
  public var firing: [Alert] {
    tables.flatMap(\.active).filter { $0.state == .firing }
  }

  /// Evaluates all rules at one time; each sees what the rules before it wrote.
  ///
  /// A series that a rule does not write any more is marked as stale. The series `ALERTS` and
  /// `ALERTS_FOR_STATE` are written as Prometheus does.
  ///
  /// - Parameter time: milliseconds since 1970, later than at the last call.
  /// - Returns: the rules that had no result; what they wrote before ends by itself.
  public mutating func evaluate(
    at time: Int64, in storage: inout some RuleStorage
  ) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    for index in group.rules.indices {
      do throws(QueryError) {
        let samples = try result(ofRule: index, at: time, storage)
        write(samples, ofRule: index, at: time - group.queryOffset, &storage)
      } catch {
        failures.append(
          RuleFailure(
            group: group.name, rule: group.rules[index].name, time: time, message: error.message))
      }
    }
    return failures
  }

  private mutating func result(
    ofRule index: Int, at time: Int64, _ source: some SeriesSource
  ) throws(QueryError) -> [SeriesValue] {
    let rule = group.rules[index]
    let answer = try samples(of: rule.query, at: time - group.queryOffset, source)
    switch rule {
    case .recording(let rule): return try recorded(answer, by: rule)
    case .alerting(let rule):
      let found = try alerts(of: rule, answer, at: time, source)
      let shown = tables[index].update(
        with: found, at: time, hold: rule.hold, keepFiring: rule.keepFiring)
      if group.limit > 0, shown.count > group.limit {
        tables[index].removeAll()
        throw QueryError(
          .evaluation, "exceeded limit of \(group.limit) with \(shown.count) alerts")
      }
      return shown.flatMap { AlertSeries.samples(of: $0, rule) }
    }
  }

  private func samples(
    of query: Query, at time: Int64, _ source: some SeriesSource
  ) throws(QueryError) -> [SeriesValue] {
    switch try query.instant(at: time, in: source, options: settings.options).value {
    case .vector(let values): return values
    case .scalar(let value): return [SeriesValue(labels: .empty, value: value)]
    case .string, .matrix:
      throw QueryError(.evaluation, "rule result is not a vector or scalar")
    }
  }

  private func recorded(
    _ answer: [SeriesValue], by rule: RecordingRule
  ) throws(QueryError) -> [SeriesValue] {
    var result: [SeriesValue] = []
    var seen: Set<Labels> = []
    for sample in answer {
      var labels = sample.labels.setting(Labels.metricName, to: rule.name)
      for label in rule.labels { labels = labels.setting(label.name, to: label.value) }
      guard seen.insert(labels).inserted else {
        throw QueryError(
          .evaluation,
          "vector contains metrics with the same labelset after applying rule labels")
      }
      result.append(SeriesValue(labels: labels, value: sample.value))
    }
    if group.limit > 0, result.count > group.limit {
      throw QueryError(
        .evaluation, "exceeded limit of \(group.limit) with \(result.count) series")
    }
    return result
  }

  private func alerts(
    of rule: AlertingRule, _ answer: [SeriesValue], at time: Int64, _ source: some SeriesSource
  ) throws(QueryError) -> [Alert] {
    var found: [Alert] = []
    var seen: Set<Labels> = []
    for sample in answer {
      let data = TemplateData(
        labels: sample.labels, value: sample.value, externalLabels: settings.externalLabels,
        externalURL: settings.externalURL, time: time)
      var labels = sample.labels.removing(LabelNames.metricName)
      for label in rule.labels {
        labels = labels.setting(label.name, to: text(label, of: rule, data, source))
      }
      labels = labels.setting(AlertSeries.nameLabel, to: rule.name)
      guard seen.insert(labels).inserted else {
        throw QueryError(
          .evaluation,
          "vector contains metrics with the same labelset after applying alert labels")
      }
      let annotations = rule.annotations.map {
        Label($0.name, text($0, of: rule, data, source))
      }
      found.append(
        Alert(
          state: .pending, labels: labels, annotations: Labels(annotations), value: sample.value,
          activeAt: time))
    }
    return found
  }

  /// A template that cannot be filled says so in its place.
  private func text(
    _ text: AlertingRule.Text, of rule: AlertingRule, _ data: TemplateData,
    _ source: some SeriesSource
  ) -> String {
    if let constant = text.template.constant { return constant }
    do {
      return try text.template.expanded(data) { query throws(QueryError) in
        try samples(of: Query(query), at: data.time, source)
      }
    } catch {
      return "<error expanding template: error executing template __alert_\(rule.name): \(error)>"
    }
  }

  private mutating func write(
    _ samples: [SeriesValue], ofRule index: Int, at time: Int64, _ storage: inout some RuleStorage
  ) {
    for sample in samples { storage.add(time: time, value: sample.value, to: sample.labels) }
    let now = Set(samples.map(\.labels))
    for labels in written[index] where !now.contains(labels) {
      storage.add(time: time, value: Samples.stale, to: labels)
    }
    written[index] = samples.map(\.labels)
  }
}

/// The series in which alerts can be queried.
enum AlertSeries {
  static let nameLabel = "alertname"

  /// `ALERTS` is 1, `ALERTS_FOR_STATE` the second since when the alert is active.
  static func samples(of alert: Alert, _ rule: AlertingRule) -> [SeriesValue] {
    // A label that the alert has lost to an empty text is here as the rule writes it.
    let written = Labels(rule.labels.map { Label($0.name, $0.template.text) } + alert.labels.pairs)
    let base = written.setting(nameLabel, to: rule.name)
    let seconds = alert.activeAt >= 0 ? alert.activeAt / 1000 : (alert.activeAt - 999) / 1000
    return [
      SeriesValue(
        labels: base.setting(Labels.metricName, to: "ALERTS")
          .setting("alertstate", to: alert.state.rawValue), value: 1),
      SeriesValue(
        labels: base.setting(Labels.metricName, to: "ALERTS_FOR_STATE"), value: Double(seconds)),
    ]
  }
}
