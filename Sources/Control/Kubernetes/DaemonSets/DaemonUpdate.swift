public import ClusterAPI
public import Units

/// A pod of a DaemonSet, as its controller sees it.
public struct DaemonPod: Hashable, Sendable {
  public var id: PodID
  /// Name of the ControllerRevision that it was made from.
  public var revision: String
  /// Whether that is the newest one.
  public var isNew = false
  public var isBound = false
  public var isTerminating = false
  public var hasEnded = false
  public var isReady = false
  /// Ready for minReadySeconds.
  public var isAvailable = false

  public init(_ id: PodID, revision: String) {
    self.id = id
    self.revision = revision
  }
}

/// A node with the DaemonSet's pods on it or meant for it.
public struct DaemonNode: Hashable, Sendable {
  public var id: NodeID
  /// The Node object is there.
  public var exists = true
  public var shouldRun: Bool
  public var mayStay: Bool
  /// Bound ones first, then by age.
  public var pods: [DaemonPod]

  public init(_ id: NodeID, shouldRun: Bool, mayStay: Bool, pods: [DaemonPod]) {
    self.id = id
    self.shouldRun = shouldRun
    self.mayStay = mayStay
    self.pods = pods
  }

  /// The new and the old pod that are not being deleted; nil when there are more than one of a kind
  /// (`findUpdatedPodsOnNode`).
  var pair: (new: DaemonPod?, old: DaemonPod?)? {
    let staying = pods.filter { !$0.isTerminating }
    let (new, old) = (staying.filter(\.isNew), staying.filter { !$0.isNew })
    return new.count > 1 || old.count > 1 ? nil : (new.first, old.first)
  }
}

/// What a DaemonSet's controller makes and deletes (`daemon.DaemonSetsController`, Kubernetes 1.36).
public struct DaemonUpdate: Sendable {
  public struct Plan: Hashable, Sendable {
    public var created: [NodeID] = []
    public var deleted: [PodID] = []

    public init(created: [NodeID] = [], deleted: [PodID] = []) {
      self.created = created
      self.deleted = deleted
    }

    public var isEmpty: Bool { created.isEmpty && deleted.isEmpty }
  }

  /// In the order in which they are gone through.
  public var nodes: [DaemonNode]
  /// Whether a node may have two pods for a while.
  public var allowsSurge = false
  public var maxSurge = 0
  public var maxUnavailable = 0

  /// Percentages are of the nodes that should run a pod, and rounded up (`updatedDesiredNodeCounts`).
  public init(nodes: [DaemonNode], maxSurge: IntOrString, maxUnavailable: IntOrString) {
    self.nodes = nodes
    func count(_ value: IntOrString, of total: Int) -> Int {
      Int((try? value.scaled(total: Int64(total), roundUp: true)) ?? 0)
    }
    let desired = nodes.count(where: \.shouldRun)
    allowsSurge = count(maxSurge, of: 1) > 0
    self.maxSurge = count(maxSurge, of: desired)
    self.maxUnavailable = count(maxUnavailable, of: desired)
    if desired > 0, self.maxSurge == 0, self.maxUnavailable == 0 { self.maxUnavailable = 1 }
  }

  /// OnDelete: nothing is replaced.
  public init(nodes: [DaemonNode]) { self.nodes = nodes }

  /// A pod on each node that should have one, and no more (`manage`).
  public func management() -> Plan {
    var plan = Plan()
    for node in nodes {
      if !node.exists {
        // Nobody else would delete them (`getUnscheduledPodsWithoutNode`).
        plan.deleted += node.pods.filter { !$0.isBound }.map(\.id)
      } else if node.shouldRun, node.pods.isEmpty {
        plan.created.append(node.id)
      } else if node.mayStay {
        prune(node, &plan)
      } else {
        plan.deleted += node.pods.filter { !$0.isTerminating }.map(\.id)
      }
    }
    return plan
  }

  private func prune(_ node: DaemonNode, _ plan: inout Plan) {
    let staying = node.pods.filter { !$0.isTerminating }
    plan.deleted += staying.filter(\.hasEnded).map(\.id)
    let running = staying.filter { !$0.hasEnded }
    if !allowsSurge {
      plan.deleted += running.dropFirst().map(\.id)
      return
    }
    if running.isEmpty, node.shouldRun { plan.created.append(node.id) }
    // Two may be there while the old one is ready and the new one is not yet available.
    let (new, old) = (running.first(where: \.isNew), running.first { !$0.isNew })
    plan.deleted += running.filter { $0 != new && $0 != old }.map(\.id)
    if let new, let old, !old.isReady || new.isAvailable { plan.deleted.append(old.id) }
  }

  /// The next step of a rolling update (`rollingUpdate`).
  public func replacement() -> Plan {
    maxSurge == 0 ? deletion() : surge()
  }

  /// Old pods that are not available go at once, others as maxUnavailable allows.
  private func deletion() -> Plan {
    var unavailable = 0
    var (replaced, candidates): ([PodID], [PodID]) = ([], [])
    for node in withPods {
      guard let pair = node.pair else {
        unavailable += 1
        continue
      }
      switch pair {
      case (nil, nil), (_?, _?): unavailable += 1
      case (let new?, nil): if !new.isAvailable { unavailable += 1 }
      case (nil, let old?):
        if !old.isAvailable {
          replaced.append(old.id)
          unavailable += 1
        } else if unavailable < maxUnavailable {
          candidates.append(old.id)
        }
      }
    }
    let room = max(0, maxUnavailable - unavailable)
    return Plan(deleted: replaced + candidates.prefix(room))
  }

  /// A new pod beside an old one that is available, as maxSurge allows; at once beside others. The old
  /// one goes when the new one is available.
  private func surge() -> Plan {
    var plan = Plan()
    var (candidates, leaving): ([NodeID], [PodID]) = ([], [])
    var (surging, available) = (0, 0)
    for node in withPods {
      guard let (new, old) = node.pair else {
        surging += 1
        continue
      }
      if (old ?? new)?.isAvailable == true { available += 1 }
      guard let old else { continue }
      if let new {
        if new.isAvailable { plan.deleted.append(old.id) } else { surging += 1 }
      } else if !node.shouldRun {
        if old.isAvailable { leaving.append(old.id) } else { plan.deleted.append(old.id) }
      } else if !old.isAvailable {
        plan.created.append(node.id)
      } else if surging < maxSurge {
        candidates.append(node.id)
      }
    }
    let desired = nodes.count(where: \.shouldRun)
    plan.deleted += leaving.prefix(max(0, available - desired))
    plan.created += candidates.prefix(max(0, maxSurge - surging))
    return plan
  }

  private var withPods: [DaemonNode] { nodes.filter { !$0.pods.isEmpty } }
}
