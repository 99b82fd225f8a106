public import ClusterAPI

/// How far a rolling update may go above and below the wanted size.
public struct Fenceposts: Hashable, Sendable {
  public var surge: Int
  public var unavailable: Int

  public init(surge: Int, unavailable: Int) {
    self.surge = surge
    self.unavailable = unavailable
  }

  /// `deploymentutil.ResolveFenceposts`: surge rounds up, unavailable rounds down, and when both
  /// come out as 0 one pod may be unavailable.
  ///
  /// Unavailable is not capped at `replicas` here; `RollingUpdate.maxUnavailable` is.
  ///
  /// - Throws: when a text is no percentage.
  public init(maxSurge: IntOrString?, maxUnavailable: IntOrString?, replicas: Int)
    throws(IntOrString.ScaleError)
  {
    let total = Int64(replicas)
    surge = Int(try (maxSurge ?? .int(0)).scaled(total: total, roundUp: true))
    unavailable = Int(try (maxUnavailable ?? .int(0)).scaled(total: total, roundUp: false))
    if surge == 0 && unavailable == 0 { unavailable = 1 }
  }
}
