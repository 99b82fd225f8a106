import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// The API server performs one write, or says why not.
  mutating func apply(_ command: Command) -> WriteResult {
    switch command {
    case .create(.replicaSet(let set)): create(set)
    case .replace(.replicaSet(let set)): replace(set, status: false)
    case .replaceStatus(.replicaSet(let set)): replace(set, status: true)
    case .replace(.deployment(let deployment)): replace(deployment, status: false)
    case .replaceStatus(.deployment(let deployment)): replace(deployment, status: true)
    case .create(.controllerRevision(let revision)): create(revision)
    case .replace(.controllerRevision(let revision)): replace(revision)
    case .replaceStatus(.statefulSet(let set)): replaceStatus(set)
    case .replaceStatus(.daemonSet(let set)): replaceStatus(set)
    case .replaceStatus(.job(let job)): replaceStatus(job)
    case .replaceStatus(.resourceQuota(let quota)): replaceStatus(quota)
    case .replaceStatus(.podDisruptionBudget(let budget)): replaceStatus(budget)
    case .evictPod(let pod): evict(pod)
    case .replaceStatus(.horizontalPodAutoscaler(let autoscaler)): replaceStatus(autoscaler)
    case .scale(let key, let replicas, let version): scale(key, to: replicas, version: version)
    case .delete(let key, let uid) where key.kind == .controllerRevision:
      deleteRevision(key, uid)
    case .delete(let key, let uid): delete(key, uid)
    case .createPod(let owner, let uid, let slot): createPod(owner, uid, slot)
    case .deletePod(let pod, let grace): deletePod(pod, grace)
    case .bindPod(let pod, let node): bind(pod, node)
    case .setNodeHealth(let node, let ready, let taints): setNodeHealth(node, ready, taints)
    case .markPodNotReady(let pod): markNotReady(pod)
    case .markUnschedulable(let pod, let message): markUnschedulable(pod, message)
    case .setEndpoints(let service, let ready, _): publish(service, ready: ready)
    default: .refused(.invalid("the simulated API server does not serve this write"))
    }
  }

  private mutating func create(_ set: ReplicaSet) -> WriteResult {
    let key = ClusterObject.replicaSet(set).key
    guard replicaSetID(key) == nil else { return .refused(.alreadyExists) }
    if let refusal = refusal(of: .replicaSet(set)) { return .refused(refusal) }
    var stored = set
    stored.meta.uid = newUID()
    stored.meta.generation = 1
    stored.meta.creationTimestamp = Timestamp(queue.now)
    stored.meta.resourceVersion = log.nextVersion()
    let id = own(stored)
    while replicaSets.count < id.index { replicaSets.append(nil) }
    replicaSets.append(stored)
    replicaSetNames.append(id.index, stored.meta)
    log.append(.replicaSet(id, stored), at: queue.now)
    note(.replicaSetCreated(key, replicas: stored.spec.replicas))
    return .written(resourceVersion: stored.meta.resourceVersion, uid: stored.meta.uid)
  }

  private mutating func replace(_ set: ReplicaSet, status: Bool) -> WriteResult {
    let key = ClusterObject.replicaSet(set).key
    guard let id = replicaSetID(key), var stored = replicaSets[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.resourceVersion == set.meta.resourceVersion else { return conflict(key) }
    if status {
      stored.status = set.status
    } else {
      if stored.spec.replicas != set.spec.replicas {
        note(.replicaSetScaled(key, from: stored.spec.replicas, to: set.spec.replicas))
      }
      if stored.spec != set.spec { stored.meta.generation += 1 }
      stored.spec = set.spec
      stored.meta.annotations = set.meta.annotations
    }
    stored.meta.resourceVersion = log.nextVersion()
    replicaSets[id.index] = stored
    log.append(.replicaSet(id, stored), at: queue.now)
    return .written(resourceVersion: stored.meta.resourceVersion, uid: stored.meta.uid)
  }

  private mutating func replace(_ deployment: Deployment, status: Bool) -> WriteResult {
    let key = ClusterObject.deployment(deployment).key
    guard let id = deploymentID(key), var stored = deploymentRows[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.resourceVersion == deployment.meta.resourceVersion else {
      return conflict(key)
    }
    // Both writes store annotations: the controller sets the revision along with the status.
    stored.meta.annotations = deployment.meta.annotations
    if status {
      for condition in deployment.status.conditions
      where !stored.status.conditions.contains(where: {
        $0.type == condition.type && $0.reason == condition.reason && $0.status == condition.status
      }) {
        note(.condition(key, condition))
      }
      stored.status = deployment.status
    } else {
      if stored.spec != deployment.spec { stored.meta.generation += 1 }
      stored.spec = deployment.spec
    }
    stored.meta.resourceVersion = log.nextVersion()
    deploymentRows[id.index] = stored
    if !status { noteScale(of: .deployment(stored)) }
    log.append(.deployment(id, stored), at: queue.now)
    return .written(resourceVersion: stored.meta.resourceVersion, uid: stored.meta.uid)
  }

  mutating func conflict(_ key: ObjectKey) -> WriteResult {
    note(.conflict(key))
    return .refused(.conflict)
  }

  private mutating func delete(_ key: ObjectKey, _ uid: UInt64) -> WriteResult {
    guard let id = replicaSetID(key), let stored = replicaSets[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.uid == uid else { return .refused(.conflict) }
    replicaSets[id.index] = nil
    let version = log.nextVersion()
    log.append(.replicaSetDeleted(id), at: queue.now)
    return .written(resourceVersion: version, uid: uid)
  }

  private mutating func deletePod(_ pod: PodID, _ grace: Int?) -> WriteResult {
    let view = pods.views[pod.index]
    if view.gone { return .refused(.notFound) }
    if view.terminating {
      // By force, whatever its kubelet still does.
      if grace == 0 { terminate(pod, grace: 0) }
      return .written(resourceVersion: log.resourceVersion, uid: 0)
    }
    pods.views[pod.index].terminating = true
    storePod(pod)
    note(.podTerminating(pod))
    terminate(pod, grace: grace)
    return .written(resourceVersion: log.resourceVersion, uid: 0)
  }

  mutating func bind(_ pod: PodID, _ node: NodeID) -> WriteResult {
    let view = pods.views[pod.index]
    guard !view.gone, !view.terminating, view.node.isNone else { return .refused(.conflict) }
    pods.views[pod.index].node = node
    pods.unschedulable[pod] = nil
    makeVolumes(of: pod, on: node)
    storePod(pod)
    note(.podBound(pod, node))
    push(
      .kubeletSeesPod, pod.index, at: queue.now + watchLag(cause: podCause(pod)),
      generation: pods.generations[pod.index])
    return .written(resourceVersion: log.resourceVersion, uid: 0)
  }

  /// Names a pod in draws: owner (whose name holds the revision) and ordinal, never the order of
  /// allocation.
  func podCause(_ pod: PodID) -> UInt64 { pods.causes[pod.index] }

  /// How long an entry is under way to a watcher.
  func watchLag(cause: UInt64) -> Span {
    let share = uniform(.watchLag, cause: cause)
    return options.latencies.watch(share, slowness: slowness)
  }
}
