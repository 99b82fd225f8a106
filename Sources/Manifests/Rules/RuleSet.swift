public import ClusterAPI
public import PromQL

/// What files say of rules: rule files of Prometheus, and objects of kind PrometheusRule.
public struct RuleSet: Sendable {
  /// A group of rules with its place.
  public struct Entry: Sendable {
    public var group: RuleGroup
    /// Of the group's first line.
    public var location: SourceLocation
    /// Of the rules, in their order.
    public var rules: [SourceLocation]
    /// `namespace/name` of the PrometheusRule; nil in a rule file.
    public var object: String?
  }

  /// Groups without errors, in the order of the files.
  public internal(set) var entries: [Entry] = []
  /// In the order of the files, and by position inside each.
  public internal(set) var diagnostics: [Diagnostic] = []
  /// How many documents held rules.
  public internal(set) var documents = 0

  public var groups: [RuleGroup] { entries.map(\.group) }
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
