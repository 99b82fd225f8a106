public import Units

/// How fast nodes of a zone may be tainted with `NoExecute`, by how much of the zone is lost.
public enum ZoneDisruption: Hashable, Sendable {
  case normal
  /// Many, though not all, of the zone's nodes are not ready.
  case partial
  /// No node of the zone is ready.
  case full

  /// `--unhealthy-zone-threshold`, in per mille.
  public static let unhealthyPerMille = 550
  /// `--large-cluster-size-threshold`
  public static let largeZone = 50
  /// One node per this time: `--node-eviction-rate` 0.1 per second.
  public static let interval = Span.seconds(10)
  /// In a partly disrupted large zone: `--secondary-node-eviction-rate` 0.01 per second.
  public static let reducedInterval = Span.seconds(100)

  /// `ComputeZoneState`
  public init(ready: Int, notReady: Int) {
    if ready == 0, notReady > 0 {
      self = .full
    } else if notReady > 2,
      notReady * 1000 >= ZoneDisruption.unhealthyPerMille * (ready + notReady)
    {
      self = .partial
    } else {
      self = .normal
    }
  }

  /// The time between two nodes of the zone; nil: no node is evicted (`setLimiterInZone`).
  ///
  /// - Parameter everywhere: all zones are fully disrupted, so it is rather the control plane that is
  ///   cut off.
  public func interval(zoneSize: Int, everywhere: Bool) -> Span? {
    if everywhere { return nil }
    switch self {
    case .normal, .full: return ZoneDisruption.interval
    case .partial:
      return zoneSize > ZoneDisruption.largeZone ? ZoneDisruption.reducedInterval : nil
    }
  }
}
