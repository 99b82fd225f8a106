/// What is wrong with a rule of prometheus-adapter.
public struct AdapterRuleProblem: Hashable, Sendable {
  public enum Field: Hashable, Sendable {
    case seriesQuery
    case seriesFilter(Int)
    case resources
    case template
    /// By its label.
    case override(String)
    case nameMatches
    case nameAs
    case metricsQuery
  }

  public enum Consequence: Hashable, Sendable {
    /// The adapter does not start, or lists no series, and answers nothing at all.
    case nothingIsServed
    /// The rule gives no value.
    case ruleIsDead
    /// It does something else than it seems to.
    case surprise
  }

  public var field: Field
  public var consequence: Consequence
  public var message: String
  public var remedy: String?
  /// The byte of the field's text at which it stands.
  public var offset: Int

  init(
    _ field: Field, _ consequence: Consequence, _ message: String, remedy: String? = nil,
    at offset: Int = 0
  ) {
    self.field = field
    self.consequence = consequence
    self.message = message
    self.remedy = remedy
    self.offset = offset
  }
}

/// Why there is no query for a metric.
public struct AdapterError: Error, Hashable, Sendable {
  public var message: String

  init(_ message: String) { self.message = message }
}
