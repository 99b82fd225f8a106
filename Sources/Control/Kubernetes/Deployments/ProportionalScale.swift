import ClusterAPI

/// How a change of the wanted size is shared among ReplicaSets
/// (`DeploymentController.scale`, `GetReplicaSetProportion`, Kubernetes 1.36).
public struct ProportionalScale: Sendable {
  public var rolling: RollingUpdate
  /// `status.replicas` of the Deployment.
  public var statusReplicas: Int
  public var sets: [ReplicaSetView]

  public init(rolling: RollingUpdate, statusReplicas: Int, sets: [ReplicaSetView]) {
    self.rolling = rolling
    self.statusReplicas = statusReplicas
    self.sets = sets
  }

  /// The ReplicaSets to write, with their sizes; an equal size renews the annotations only.
  public func sizes() -> [(index: Int, size: Int)] {
    let active = sets.indices.filter { sets[$0].specReplicas > 0 }
    let newIndex = sets.firstIndex(where: \.isNew)
    if active.count <= 1 {
      guard let only = active.first ?? newIndex ?? youngest() else { return [] }
      return sets[only].specReplicas == rolling.replicas ? [] : [(only, rolling.replicas)]
    }
    if let newIndex, isSaturated(sets[newIndex]) {
      let old = active.filter { $0 != newIndex }
      return ReplicaSetView.oldestFirst(old, sets).map { ($0, 0) }
    }
    guard rolling.strategy.kind == .rollingUpdate else { return [] }
    return proportional(active)
  }

  private func proportional(_ active: [Int]) -> [(index: Int, size: Int)] {
    let allowed = rolling.replicas > 0 ? rolling.replicas + rolling.maxSurge : 0
    let toAdd = allowed - active.reduce(0) { $0 + sets[$1].specReplicas }
    let oldest = ReplicaSetView.oldestFirst(active, sets)
    let byAge = toAdd > 0 ? Array(oldest.reversed()) : oldest
    let order = byAge.enumerated().sorted {
      let (a, b) = (sets[$0.element].specReplicas, sets[$1.element].specReplicas)
      return a == b ? $0.offset < $1.offset : a > b
    }.map(\.element)
    var added = 0
    var sizes: [(index: Int, size: Int)] = order.map { index in
      let share = toAdd == 0 ? 0 : proportion(sets[index], toAdd: toAdd, added: added)
      added += share
      return (index, sets[index].specReplicas + share)
    }
    if toAdd != 0 { sizes[0].size = max(0, sizes[0].size + toAdd - added) }
    return sizes
  }

  /// `GetReplicaSetProportion`
  public func proportion(_ set: ReplicaSetView, toAdd: Int, added: Int) -> Int {
    if set.specReplicas == 0 || toAdd == 0 || toAdd == added { return 0 }
    let fraction = fraction(set)
    let allowed = toAdd - added
    return toAdd > 0 ? min(fraction, allowed) : max(fraction, allowed)
  }

  /// The share by size, rounded half away from zero.
  private func fraction(_ set: ReplicaSetView) -> Int {
    if rolling.replicas == 0 { return -set.specReplicas }
    var whole = set.maxAnnotation.flatMap { Int32($0) }.map { Int($0) } ?? 0
    if whole <= 0 { whole = statusReplicas }
    if whole == 0 { return 0 }
    let product = set.specReplicas * (rolling.replicas + rolling.maxSurge)
    return Int((Double(product) / Double(whole)).rounded(.toNearestOrAwayFromZero))
      - set.specReplicas
  }

  /// The new ReplicaSet has all that is wanted, and it is available (`IsSaturated`).
  private func isSaturated(_ set: ReplicaSetView) -> Bool {
    guard let desired = set.desiredAnnotation.flatMap({ Int32($0) }) else { return false }
    return set.specReplicas == rolling.replicas && Int(desired) == rolling.replicas
      && set.availableReplicas == rolling.replicas
  }

  private func youngest() -> Int? {
    ReplicaSetView.oldestFirst(Array(sets.indices), sets).last
  }
}
