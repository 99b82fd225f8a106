public import Units

/// What one check or invariant says of a run.
public struct Finding: Hashable, Sendable {
  public enum Result: String, Hashable, Sendable {
    case met, broken
    /// There is no data to judge by; fails the run.
    case inconclusive
  }

  /// As it is written in a scenario's `expect`.
  public var name: String
  public var result: Result
  /// When it was first broken.
  public var at: Instant?
  /// With figures and units.
  public var detail: String

  public init(_ name: String, _ result: Result, at: Instant? = nil, _ detail: String) {
    self.name = name
    self.result = result
    self.at = at
    self.detail = detail
  }
}
