import ClusterAPI
import Control
import Kernel
import Units

/// The controller manager: its informers' cache, which lags behind, and its controllers.
struct ControllerManager: Sendable {
  /// In the order in which they take their keys; the number is part of a run's digest.
  enum ControllerID: UInt8, CaseIterable {
    case nodeLifecycle = 4
    case taintEviction = 5
    case deployment = 0
    case replicaSet = 1
    case endpointSlice = 2
    case statefulSet = 18
    case daemonSet = 17
    case job = 20
    case garbageCollector = 19
    case resourceQuota = 6
    case disruption = 7
    case podGC = 9
    /// `kubectl drain`, which outlives the controller manager.
    case drain = 8
    case autoscaler = 16
    /// Not one of the controller manager's; it asks the same API server.
    case rollbackGuard = 3

    static let inOrder = allCases.filter { $0 != .rollbackGuard }
    /// Whether it is one of the controller manager's process.
    var isManagers: Bool { self != .rollbackGuard && self != .drain }
  }

  var deployment: ControllerRuntime<DeploymentController>
  var replicaSet: ControllerRuntime<ReplicaSetController>
  var statefulSet: ControllerRuntime<StatefulSetController>
  var daemonSet: ControllerRuntime<DaemonSetController>
  var job: ControllerRuntime<JobController>
  var garbageCollector: ControllerRuntime<GarbageCollector>
  var endpointSlice: ControllerRuntime<EndpointSliceController>
  var nodeLifecycle: ControllerRuntime<NodeLifecycleController>
  var taintEviction: ControllerRuntime<TaintEvictionController>
  var resourceQuota: ControllerRuntime<ResourceQuotaController>
  var disruption: ControllerRuntime<DisruptionController>
  var podGC: ControllerRuntime<PodGCController>
  var drain: ControllerRuntime<DrainController>
  var autoscaler: ControllerRuntime<HorizontalPodAutoscalerController>
  var losses = NodeLosses()
  var cursor = Cursor()
  var cache = InformerCache()

  init(workers: Int, autoscaling: AutoscalingSettings) {
    deployment = ControllerRuntime(DeploymentController(), workers: workers)
    replicaSet = ControllerRuntime(ReplicaSetController(), workers: workers)
    statefulSet = ControllerRuntime(StatefulSetController(), workers: workers)
    job = ControllerRuntime(JobController(), workers: workers)
    // `ConcurrentGCSyncs`
    garbageCollector = ControllerRuntime(GarbageCollector(), workers: 20)
    // `ConcurrentDaemonSetSyncs`
    daemonSet = ControllerRuntime(DaemonSetController(), workers: 2)
    endpointSlice = ControllerRuntime(EndpointSliceController(), workers: workers)
    resourceQuota = ControllerRuntime(ResourceQuotaController(), workers: workers)
    disruption = ControllerRuntime(DisruptionController(), workers: 1)
    podGC = ControllerRuntime(PodGCController(), workers: 1)
    // One goroutine for each pod.
    drain = ControllerRuntime(DrainController(), workers: 10_000)
    autoscaler = ControllerRuntime(
      HorizontalPodAutoscalerController(settings: autoscaling), workers: workers)
    // `scheduler.UpdateWorkerSize`
    nodeLifecycle = ControllerRuntime(NodeLifecycleController(), workers: 8)
    taintEviction = ControllerRuntime(TaintEvictionController(), workers: 8)
  }
}

/// What the informers have seen so far.
struct InformerCache: Sendable {
  var deployments: [Deployment?] = []
  /// Their uids; 0: not seen yet.
  var deploymentUIDs: [UInt64] = []
  private var rowsByUID: [UInt64: Int] = [:]
  var replicaSets: [ReplicaSet?] = []
  /// Which of them exist; a test that copies none.
  var exists: [Bool] = []
  /// The uids of their owners, as they were seen last; 0: none.
  var ownerUIDs: [UInt64] = []
  /// Those that exist by the uid of their owner, in ascending order.
  private var setsOf: [UInt64: [Int]] = [:]
  var statefulSets: [StatefulSet?] = []
  var daemonSets: [DaemonSet?] = []
  var jobs: [Job?] = []
  /// By owner.
  var revisions: [ControllerRevision?] = []
  var pods = Rows<PodView?>()
  /// Pods by owner, in the order in which they were seen.
  var podsOf: [[PodID]] = []
  /// By owner.
  var seen: [ControllerExpectations.Seen] = []
  var nodes: [NodeView?] = []
  /// Pods by node, in the order in which they were seen there.
  var podsOn: [[PodID]] = []
  var quotas: [ResourceQuota?] = []
  var budgets: [PodDisruptionBudget?] = []
  var autoscalers: [HorizontalPodAutoscaler?] = []
  /// By autoscaler, the time before which it is not to be synced; `never`: not planned yet.
  var syncs: [Instant] = []
  var scaled = AutoscalerIndex()
  /// Endpoints by Service, as they were written.
  var endpoints: [[PodID]] = []

  mutating func grow(_ owners: Int) {
    while podsOf.count < owners {
      podsOf.append([])
      seen.append(ControllerExpectations.Seen())
    }
  }

  /// Whom a change concerns by way of owners.
  typealias Touched = (owner: OwnerID?, deployment: DeploymentID?)

  /// Takes in one entry.
  mutating func take(_ change: LogEntry.Change) -> Touched {
    switch change {
    case .deployment(let id, let object):
      while deployments.count <= id.index {
        deployments.append(nil)
        deploymentUIDs.append(0)
      }
      scaled.see(deployments[id.index], object)
      deployments[id.index] = object
      setUID(object?.meta.uid ?? 0, of: id)
      return (nil, id)
    case .replicaSet(let id, let object):
      while replicaSets.count <= id.index {
        replicaSets.append(nil)
        exists.append(false)
        ownerUIDs.append(0)
      }
      replicaSets[id.index] = object
      setOwner(object.meta.owner?.uid ?? 0, of: id.index)
      grow(id.index + 1)
      return (id, owner(of: id.index))
    case .replicaSetDeleted(let id):
      let owner = owner(of: id.index)
      replicaSets[id.index] = nil
      forgetOwner(of: id.index)
      return (nil, owner)
    case .statefulSet(let id, let set):
      scaled.see(id.index < statefulSets.count ? statefulSets[id.index] : nil, set)
      InformerCache.put(set, at: id.index, in: &statefulSets)
      return (nil, nil)
    case .daemonSet(let id, let set):
      InformerCache.put(set, at: id.index, in: &daemonSets)
      return (nil, nil)
    case .job(let id, let job):
      InformerCache.put(job, at: id.index, in: &jobs)
      return (nil, nil)
    case .controllerRevision(let id, let revision):
      InformerCache.put(revision, at: id.index, in: &revisions)
      grow(id.index + 1)
      return (nil, nil)
    case .endpoints(let id, let ready):
      while endpoints.count <= id.index { endpoints.append([]) }
      endpoints[id.index] = ready
      return (nil, nil)
    case .resourceQuota(let id, let quota):
      InformerCache.put(quota, at: id.index, in: &quotas)
      return (nil, nil)
    case .disruptionBudget(let id, let budget):
      InformerCache.put(budget, at: id.index, in: &budgets)
      return (nil, nil)
    case .nodeDeleted(let id):
      nodes[id.index] = nil
      return (nil, nil)
    case .autoscaler(let id, let autoscaler):
      while autoscalers.count <= id.index {
        autoscalers.append(nil)
        syncs.append(.never)
      }
      scaled.see(autoscalers[id.index], autoscaler)
      autoscalers[id.index] = autoscaler
      return (nil, nil)
    case .node(let id, let view):
      growNodes(to: id)
      nodes[id.index] = view
      return (nil, nil)
    case .pod(let id, let view):
      return takePod(id, view)
    }
  }

  private static func put<Object>(_ object: Object?, at index: Int, in rows: inout [Object?]) {
    while rows.count <= index { rows.append(nil) }
    rows[index] = object
  }

  private mutating func takePod(_ id: PodID, _ view: PodView) -> Touched {
    while pods.count <= id.index { pods.append(nil) }
    follow(id, view)
    let owner = view.owner.index
    grow(owner + 1)
    let before = pods[id.index]
    if before == nil {
      podsOf[owner].append(id)
      seen[owner].created += 1
    }
    if view.terminating || view.gone, before?.terminating != true { seen[owner].deleted += 1 }
    if view.gone { podsOf[owner].removeAll { $0 == id } }
    pods[id.index] = view
    // A pod that is gone may let a Recreate go on.
    guard view.gone else { return (view.owner, nil) }
    return (view.owner, self.owner(of: owner))
  }

  private mutating func growNodes(to node: NodeID) {
    while nodes.count <= node.index {
      nodes.append(nil)
      podsOn.append([])
    }
  }

  /// Keeps the list of the node's pods.
  private mutating func follow(_ id: PodID, _ view: PodView) {
    guard !view.node.isNone else { return }
    growNodes(to: view.node)
    if view.gone {
      podsOn[view.node.index].removeAll { $0 == id }
    } else if pods[id.index]?.node.isNone != false {
      podsOn[view.node.index].append(id)
    }
  }

  /// Makes `scaled` know what has been seen.
  mutating func settleAutoscalers() {
    guard scaled.isStale else { return }
    scaled = AutoscalerIndex(
      of: autoscalers, deployments: deployments, statefulSets: statefulSets)
  }

  /// The Deployment that a ReplicaSet which exists belongs to, as far as it has been seen.
  func owner(of set: Int) -> DeploymentID? {
    guard set < exists.count, exists[set], ownerUIDs[set] != 0 else { return nil }
    return rowsByUID[ownerUIDs[set]].map { DeploymentID($0) }
  }

  func hasDeployment(uid: UInt64) -> Bool { rowsByUID[uid] != nil }

  /// The ReplicaSets which exist that belong to an object, in ascending order.
  func sets(of uid: UInt64) -> [Int] { setsOf[uid] ?? [] }

  private mutating func setUID(_ uid: UInt64, of deployment: DeploymentID) {
    let before = deploymentUIDs[deployment.index]
    if before == uid { return }
    deploymentUIDs[deployment.index] = uid
    if before != 0 { rowsByUID[before] = nil }
    if uid != 0 { rowsByUID[uid] = deployment.index }
  }

  private mutating func setOwner(_ uid: UInt64, of set: Int) {
    if exists[set], ownerUIDs[set] == uid { return }
    forgetOwner(of: set)
    exists[set] = true
    ownerUIDs[set] = uid
    let at = setsOf[uid]?.firstIndex { $0 > set } ?? setsOf[uid]?.count ?? 0
    setsOf[uid, default: []].insert(set, at: at)
  }

  private mutating func forgetOwner(of set: Int) {
    guard exists[set] else { return }
    exists[set] = false
    setsOf[ownerUIDs[set]]?.removeAll { $0 == set }
  }
}
