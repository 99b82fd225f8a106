import ClusterAPI

/// How far the usage may be off its target without a change of the size (`Tolerances`).
public struct Tolerances: Hashable, Sendable {
  public var scaleDown: Double
  public var scaleUp: Double

  public init(scaleDown: Double, scaleUp: Double) {
    self.scaleDown = scaleDown
    self.scaleUp = scaleUp
  }

  /// `tolerancesForHpa`: those of the behavior, else the controller's.
  init(_ behavior: ScalingBehavior?, otherwise tolerance: Double) {
    scaleDown = behavior?.scaleDown?.tolerance?.approximateValue ?? tolerance
    scaleUp = behavior?.scaleUp?.tolerance?.approximateValue ?? tolerance
  }

  /// Both ends belong to it.
  func contains(_ ratio: Double) -> Bool { 1 - scaleDown <= ratio && ratio <= 1 + scaleUp }
}
