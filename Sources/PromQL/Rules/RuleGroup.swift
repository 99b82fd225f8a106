/// Rules that are evaluated one after the other at the same times.
///
/// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
public struct RuleGroup: Sendable {
  public var name: String
  /// The rule file, or the PrometheusRule (`namespace/name`), that it is of.
  public var file: String
  /// Milliseconds between evaluations.
  public var interval: Int64
  /// The most series, or alerts, that a rule may make; 0 for any number.
  public var limit: Int
  /// How far before the time of evaluation queries look, in milliseconds.
  public var queryOffset: Int64
  public var rules: [Rule]

  public init(
    name: String, file: String = "", interval: Int64 = 60_000, limit: Int = 0,
    queryOffset: Int64 = 0, rules: [Rule]
  ) {
    self.name = name
    self.file = file
    self.interval = interval
    self.limit = limit
    self.queryOffset = queryOffset
    self.rules = rules
  }
}

public enum Rule: Sendable {
  case recording(RecordingRule)
  case alerting(AlertingRule)

  public var name: String {
    switch self {
    case .recording(let rule): rule.name
    case .alerting(let rule): rule.name
    }
  }

  public var query: Query {
    switch self {
    case .recording(let rule): rule.query
    case .alerting(let rule): rule.query
    }
  }
}

extension Rule {
  /// Whether its templates may ask queries that nobody knows beforehand.
  public var mayQuery: Bool {
    guard case .alerting(let rule) = self else { return false }
    return (rule.labels + rule.annotations).contains { $0.template.mayQuery }
  }
}

/// Writes the answer of a query as series of another name.
public struct RecordingRule: Sendable {
  public var name: String
  public var query: Query
  /// Set on each series; an empty value removes a label.
  public var labels: [Label]

  public init(name: String, query: Query, labels: [Label] = []) {
    self.name = name
    self.query = query
    self.labels = labels
  }
}

/// Makes an alert of each series that a query answers with.
public struct AlertingRule: Sendable {
  /// A label or annotation.
  public struct Text: Sendable {
    public var name: String
    public var template: Template

    public init(_ name: String, _ template: Template) {
      self.name = name
      self.template = template
    }
  }

  public var name: String
  public var query: Query
  /// How long a series has to stay until its alert fires (`for`), in milliseconds.
  public var hold: Int64
  /// How long an alert fires on once its series is gone (`keep_firing_for`), in milliseconds.
  public var keepFiring: Int64
  public var labels: [Text]
  public var annotations: [Text]

  public init(
    name: String, query: Query, hold: Int64 = 0, keepFiring: Int64 = 0, labels: [Text] = [],
    annotations: [Text] = []
  ) {
    self.name = name
    self.query = query
    self.hold = hold
    self.keepFiring = keepFiring
    self.labels = labels
    self.annotations = annotations
  }
}
