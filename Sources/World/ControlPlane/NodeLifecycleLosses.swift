import Units

/// What the node monitor knows of the nodes whose lease has expired; a restart loses it.
struct NodeLosses: Sendable {
  struct Loss: Sendable {
    var isExpired = false
    /// When the node may have its NoExecute taint.
    var noExecuteFrom: Instant?
  }

  private var losses: [Loss] = []
  /// By zone: when its eviction limiter has a token again (rate with a burst of one).
  private var nextToken: [String: Instant] = [:]

  subscript(node: NodeID) -> Loss {
    get { node.index < losses.count ? losses[node.index] : Loss() }
    set {
      while losses.count <= node.index { losses.append(Loss()) }
      losses[node.index] = newValue
    }
  }

  /// Takes the zone's token for the node.
  ///
  /// - Returns: when to ask again, if there is none now.
  mutating func allow(
    _ node: NodeID, zone: String, interval: Span, now: Instant
  ) -> Instant? {
    if let next = nextToken[zone], next > now { return next }
    nextToken[zone] = now + interval
    self[node].noExecuteFrom = now
    return nil
  }
}

extension ControllerManager {
  func loss(of node: NodeID) -> NodeLosses.Loss { losses[node] }

  mutating func setExpired(_ node: NodeID) { losses[node].isExpired = true }

  mutating func forgetLoss(of node: NodeID) { losses[node] = NodeLosses.Loss() }

  mutating func allowNoExecute(
    _ node: NodeID, zone: String, interval: Span, now: Instant
  ) -> Instant? {
    losses.allow(node, zone: zone, interval: interval, now: now)
  }

  mutating func forgetLosses() { losses = NodeLosses() }
}
