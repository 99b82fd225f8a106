public import Units

/// Which one of its owner's pods a pod is.
public enum PodSlot: Hashable, Sendable {
  /// Like all others; its name is generated.
  case any
  /// Of a StatefulSet: its name ends with the number, and nobody else has it.
  case ordinal(Int)
  /// Of a DaemonSet: no other node will do.
  case node(NodeID)
  /// Of an indexed Job: the completion that it works on.
  case completion(Int)

  /// Labels that tell one pod of its owner from the others.
  public static let labelKeys = [
    "apps.kubernetes.io/pod-index", "batch.kubernetes.io/job-completion-index",
    "statefulset.kubernetes.io/pod-name",
  ]

  /// Those of the pod with this name.
  public func labels(name: String) -> Labels {
    switch self {
    case .any, .node: [:]
    case .ordinal(let number):
      [
        "apps.kubernetes.io/pod-index": String(number),
        "statefulset.kubernetes.io/pod-name": name,
      ]
    case .completion(let number):
      ["batch.kubernetes.io/job-completion-index": String(number)]
    }
  }
}
