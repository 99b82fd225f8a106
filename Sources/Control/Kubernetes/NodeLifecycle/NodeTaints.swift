public import ClusterAPI

/// The taints that the node lifecycle controller keeps in step with a node's Ready condition.
public enum NodeTaints {
  public static let notReady = "node.kubernetes.io/not-ready"
  public static let unreachable = "node.kubernetes.io/unreachable"
  public static let unschedulable = "node.kubernetes.io/unschedulable"

  /// Whether a taint is the node lifecycle controller's, and nobody else's.
  public static func isOwned(_ taint: Taint) -> Bool {
    taint.key == notReady || taint.key == unreachable || taint.key == unschedulable
  }

  /// The taint of the given effect that a Ready condition calls for; nil: none.
  public static func taint(ready: Condition.Status, effect: TaintEffect) -> Taint? {
    switch ready {
    case .yes: nil
    case .no: Taint(key: notReady, effect: effect)
    case .unknown: Taint(key: unreachable, effect: effect)
    }
  }

  /// The owned taints that a node should have now.
  ///
  /// `NoSchedule` follows the condition at once (`doNoScheduleTaintingPass`). `NoExecute` changes
  /// when the eviction rate of its zone allows for a lost node, and at the next health check for one
  /// that is back (`processTaintBaseEviction`).
  ///
  /// - Parameters:
  ///   - unschedulable: `spec.unschedulable`: the node is cordoned.
  ///   - mayChangeNoExecute: whether that moment has come.
  public static func wanted(
    ready: Condition.Status, unschedulable isCordoned: Bool = false, present: [Taint],
    mayChangeNoExecute: Bool
  ) -> [Taint] {
    var wanted: [Taint] = []
    if isCordoned { wanted.append(Taint(key: unschedulable, effect: .noSchedule)) }
    if let taint = taint(ready: ready, effect: .noSchedule) { wanted.append(taint) }
    if mayChangeNoExecute {
      if let taint = taint(ready: ready, effect: .noExecute) { wanted.append(taint) }
    } else {
      wanted += present.filter { isOwned($0) && $0.effect == .noExecute }
    }
    return wanted
  }
}
