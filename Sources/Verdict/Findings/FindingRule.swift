public import ClusterAPI

/// One thing that settings can get wrong: a rule that looks at manifests, and at runs of them.
///
/// A rule implements the question that concerns it; the others answer nothing.
public protocol FindingRule: Sendable {
  /// Stable; a page of `docs/findings` has its name, and `--accept` takes it.
  static var id: String { get }
  /// What it finds, in a few words.
  static var title: String { get }

  /// Looks at one workload and its surroundings.
  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding]
  /// Looks at what is wrong with the manifests as such.
  static func find(in tree: ExaminedTree) -> [RehearsalFinding]
  /// Looks at what a change makes of a workload.
  static func find(
    from base: ExaminedWorkload, to head: ExaminedWorkload
  ) -> [RehearsalFinding]
}

extension FindingRule {
  public static func find(
    in workload: ExaminedWorkload, _ trials: any Trials
  ) -> [RehearsalFinding] { [] }

  public static func find(in tree: ExaminedTree) -> [RehearsalFinding] { [] }

  public static func find(
    from base: ExaminedWorkload, to head: ExaminedWorkload
  ) -> [RehearsalFinding] { [] }

  /// A finding of this rule.
  static func finding(
    _ severity: RehearsalFinding.Severity, _ object: ObjectKey, part: String = "",
    _ message: String, _ condition: FindingCondition = .always
  ) -> RehearsalFinding {
    RehearsalFinding(
      id: id, severity: severity, object: object, part: part, message: message,
      condition: condition)
  }
}

/// Runs that a rule may ask for; equal questions are answered once.
public protocol Trials {
  /// From which value of an assumed quantity on a run of one container shows something.
  ///
  /// The value is found by bisection between the quantity's bounds.
  ///
  /// - Parameter isBad: looks at a run; what is bad at a value is taken to be bad at all above it.
  /// - Returns: nil where no value within the bounds shows it.
  func threshold(
    of quantity: AssumedQuantity, _ container: Container, in workload: ExaminedWorkload,
    isBad: (RunTrace) -> Bool
  ) -> Threshold?

  /// A run of the workload with its Services, budgets and quotas.
  func run(_ workload: ExaminedWorkload, _ circumstance: Circumstance) -> RunTrace
}

/// Where something begins.
public struct Threshold: Sendable {
  /// In the quantity's unit: the smallest value that shows it.
  public var value: Int64
  /// The run at that value.
  public var trace: RunTrace

  public init(value: Int64, trace: RunTrace) {
    self.value = value
    self.trace = trace
  }
}

/// What happens to a workload in a run that a rule asks for; each begins a minute after all is there.
public enum Circumstance: Hashable, Sendable {
  /// Every pod is replaced, as `kubectl rollout restart` does it.
  case restart
  /// A new version comes that never becomes ready.
  case neverReady
  /// A new version comes that crashes 5 s after it has become ready.
  case crashAfterReady
  /// A node is drained that one of its pods is on.
  case drain
  /// A node is lost that one of its pods is on.
  case nodeLoss
  /// So many of 20 nodes are lost, and then every pod is replaced.
  case restartWithLostNodes(Int)
  /// Every pod is replaced in a cluster of so many nodes.
  case restartOnNodes(Int)
}
