public import ClusterAPI

/// What an administrator does to a node.
public enum NodeWork: Hashable, Sendable {
  /// `kubectl cordon`, and `uncordon`.
  case cordon(Bool)
  /// `kubectl drain --ignore-daemonsets --delete-emptydir-data`.
  case drain
  /// Puts these taints in place of its own; those of the node lifecycle controller stay.
  case taint([Taint])
  /// Sets a label; nil takes it away.
  case label(String, String?)
  /// `kubectl delete node`: the object goes; its kubelet, if it lives, does not come back by itself.
  case delete
}

/// What a user does to one pod.
public enum PodWork: Hashable, Sendable {
  /// `kubectl delete pod`; a grace period of 0 is `--force`.
  case delete(gracePeriodSeconds: Int?)
  /// One call of the eviction API.
  case evict
  /// Sets annotations.
  case annotate(Labels)
}

/// Which node something is done to.
public enum NodeReference: Hashable, Sendable {
  case named(String)
  /// The one that this pod is on.
  case of(PodReference)

  /// For messages.
  public var description: String {
    switch self {
    case .named(let name): name
    case .of(let pod): "of \(pod.description)"
    }
  }
}

/// Which pod something is done to; pods have names that nobody knows beforehand.
public enum PodReference: Hashable, Sendable {
  /// The one that was made as the nth, from 0.
  case made(Int)
  /// The one that has this name now.
  case named(String)
  /// The first one that is on this node and not being deleted.
  case on(node: String)

  /// For messages.
  public var description: String {
    switch self {
    case .made(let number): "#\(number)"
    case .named(let name): name
    case .on(let node): "on \(node)"
    }
  }
}
