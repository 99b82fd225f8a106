import ClusterAPI

// Measuring, as a tick of Flagger does.
extension CanaryAnalysis {
  /// A check that was not passed.
  public struct Failure: Hashable, Sendable {
    public var check: Check
    /// nil: no data, or Prometheus could not say.
    public var value: Double?
  }

  /// Measures until the first check is not passed.
  ///
  /// - Returns: that check; nil: all are passed.
  public func firstFailure<Input, Memory>(
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Failure? {
    for check in checks {
      guard let query = query(of: check) else { return Failure(check: check) }
      // Of several series the last one counts.
      let value = try pass.measureAll(query)?.last
      guard let value, check.passes(value) else { return Failure(check: check, value: value) }
    }
    return nil
  }
}

extension CanaryAnalysis.Check {
  /// Whether it is one of Flagger's own, over the metrics of the Canary's provider.
  public var isBuiltIn: Bool { source == .successRate || source == .duration }

  /// `thresholdRange`, whose bounds are inside. Durations are compared in whole milliseconds, which are cut
  /// off: what no 64-bit number holds becomes the least one, which passes a greatest value.
  public func passes(_ value: Double) -> Bool {
    if value.isNaN { return false }
    var value = value
    if source == .duration {
      value = value.magnitude < 0x1p63 ? value.rounded(.towardZero) : -0x1p63
    }
    if let min, value < min { return false }
    if let max, value > max { return false }
    return true
  }
}
