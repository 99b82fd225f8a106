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
}
