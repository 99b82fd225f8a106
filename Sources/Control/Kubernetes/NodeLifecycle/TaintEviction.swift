public import ClusterAPI
public import Units

/// When a pod has to leave a node with `NoExecute` taints (`tainteviction.processPodOnNode`).
public enum TaintEviction: Hashable, Sendable {
  case now
  case after(Span)
  case never

  /// - Parameters:
  ///   - taints: the node's; those of other effects evict nobody.
  ///   - tolerations: the pod's, as admission left them.
  public init(taints: [Taint], tolerations: [Toleration]) {
    let evicting = taints.filter { $0.effect == .noExecute }
    var shortest: Int64?
    for taint in evicting {
      guard let used = tolerations.first(where: { $0.tolerates(taint) }) else {
        self = .now
        return
      }
      if let seconds = used.tolerationSeconds { shortest = min(shortest ?? seconds, seconds) }
    }
    guard let shortest else {
      self = .never
      return
    }
    self = shortest <= 0 ? .now : .after(.seconds(shortest))
  }
}
