/// The configuration of prometheus-adapter (`config.MetricsDiscoveryConfig`).
public struct AdapterRules: Hashable, Sendable {
  /// Of metrics of pods and other objects.
  public var rules: [AdapterRule]
  public var externalRules: [AdapterRule]

  public init(rules: [AdapterRule] = [], externalRules: [AdapterRule] = []) {
    self.rules = rules
    self.externalRules = externalRules
  }

  public var isEmpty: Bool { rules.isEmpty && externalRules.isEmpty }
}
