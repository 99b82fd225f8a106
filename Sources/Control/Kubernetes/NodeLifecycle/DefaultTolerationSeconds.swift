public import ClusterAPI

/// The admission plugin DefaultTolerationSeconds: pods stay five minutes on a node that is lost.
public enum DefaultTolerationSeconds {
  /// `defaultNotReadyTolerationSeconds` and `defaultUnreachableTolerationSeconds`.
  public static let seconds: Int64 = 300

  /// The pod's own tolerations, and those for not-ready and unreachable nodes that it lacks.
  public static func admitted(_ own: [Toleration]) -> [Toleration] {
    var all = own
    for key in [NodeTaints.notReady, NodeTaints.unreachable] {
      let isCovered = own.contains {
        ($0.key == key || $0.key.isEmpty) && ($0.effect == .noExecute || $0.effect == nil)
      }
      if !isCovered {
        all.append(
          Toleration(key: key, op: .exists, effect: .noExecute, tolerationSeconds: seconds))
      }
    }
    return all
  }
}
