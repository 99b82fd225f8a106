import Kernel

// When a server evaluates a group.
extension RuleGroup {
  private static var offsetPurpose: UInt64 { 0x7275_6c65_0001 }

  /// When within its interval it is evaluated, in milliseconds.
  ///
  /// Prometheus spreads groups by a hash of the file's path and the group's name (`rules/group.go`,
  /// `EvalTimestamp`). In a cluster that path holds the uid of an object, so that it may be any: it is
  /// drawn, by the same two names.
  public func offset(seed: UInt64) -> Int64 {
    let cause = CauseHash().with(file).with(name).value
    var stream = RandomStream(seed: seed, purpose: RuleGroup.offsetPurpose, cause: cause)
    return Int64(stream.bounded(UInt64(max(1, interval))))
  }

  /// The first evaluation at or after a time, both in milliseconds since 1970: evaluations lie `offset`
  /// after the multiples of the interval.
  public func firstEvaluation(from time: Int64, seed: UInt64) -> Int64 {
    let length = max(1, interval)
    let late = (time - offset(seed: seed)) % length
    return late == 0 ? time : time + (late > 0 ? length - late : -late)
  }
}
