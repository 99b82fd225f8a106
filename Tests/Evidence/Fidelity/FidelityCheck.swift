/// A recording beside the simulation of what was given to it.
public struct Pair: Sendable {
  public var recording: Recording
  public var journal: Journal
  /// The state at the end, in the recording's form.
  public var final: JSON

  /// Seconds by which a time may differ (README of the recordings, "How to compare").
  public func tolerance(at time: Double) -> Double {
    let hasWholeSeconds = recording.manifests.contains {
      ($0["spec"]?["minReadySeconds"]?.int ?? 0) > 0
        || $0["spec"]?["progressDeadlineSeconds"] != nil
    }
    return max(hasWholeSeconds ? 1.6 : 0, 1 + 0.02 * time)
  }
}

/// What one aspect of the comparison found.
public struct Finding: Sendable {
  /// In the order in which they happened; empty: equal.
  public var differences: [String] = []
  /// Simulated minus recorded seconds of corresponding moments.
  public var timeErrors: [Double] = []
  /// Those beyond the tolerance.
  public var late: [String] = []

  public init() {}

  /// - Parameter shift: how much later in the simulation everything is, where a phase is not determined.
  mutating func compare(
    _ what: String, recorded: Double, simulated: Double, shift: Double = 0, in pair: Pair
  ) {
    let error = simulated - shift - recorded
    timeErrors.append(error)
    guard error.magnitude > pair.tolerance(at: recorded) else { return }
    late.append("\(what): recorded at \(recorded.rounded3) s, simulated at \(simulated.rounded3) s")
  }
}

/// One aspect of a run that is compared; none of them knows families or names of recordings.
public protocol FidelityCheck: Sendable {
  static var name: String { get }
  static func finding(_ pair: Pair) throws -> Finding
}

public enum FidelityChecks {
  public static let all: [any FidelityCheck.Type] = [
    SettledCheck.self, BoundsCheck.self, ConditionCheck.self, PodCheck.self,
    PlacementCheck.self, ScaleDownCheck.self, EvictionCheck.self, NodeCheck.self,
    AutoscalerCheck.self, FinalCheck.self,
    StepsCheck.self, SetStatusCheck.self,
  ]
}

extension Double {
  var rounded3: Double { (self * 1000).rounded() / 1000 }
}
