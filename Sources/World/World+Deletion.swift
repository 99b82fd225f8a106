public import ClusterAPI
import Kernel
import Units

// `kubectl delete`: the object goes, and what controllers make of that is theirs.
extension World {
  /// Those that are not deleted.
  public var deployments: [Deployment] { deploymentRows.compactMap { $0 } }
  public var budgets: [PodDisruptionBudget] { budgetRows.compactMap { $0 } }
  public var autoscalers: [HorizontalPodAutoscaler] { autoscalerRows.compactMap { $0 } }

  /// False: there is no such object.
  mutating func delete(_ key: ObjectKey) -> Bool {
    switch key.kind {
    case .deployment:
      guard let id = deploymentID(key), let stored = deploymentRows[id.index] else { return false }
      deploymentRows[id.index] = nil
      noteScale(ofDeleted: .deployment(stored))
      logDeletion(.deployment(id, nil))
    case .statefulSet:
      guard let id = workloads.statefulSets.id(key), let stored = workloads.statefulSets[id] else {
        return false
      }
      workloads.statefulSets.rows[id.index] = nil
      noteScale(ofDeleted: .statefulSet(stored))
      logDeletion(.statefulSet(id, nil))
    case .daemonSet:
      guard let id = workloads.daemonSets.id(key) else { return false }
      workloads.daemonSets.rows[id.index] = nil
      logDeletion(.daemonSet(id, nil))
    case .job:
      guard let id = workloads.jobs.id(key) else { return false }
      workloads.jobs.rows[id.index] = nil
      logDeletion(.job(id, nil))
    case .replicaSet:
      guard let id = replicaSetID(key) else { return deleteDocument(key) }
      replicaSets[id.index] = nil
      logDeletion(.replicaSetDeleted(id))
    case .horizontalPodAutoscaler:
      guard let id = autoscalerID(key) else { return false }
      autoscalerRows[id.index] = nil
      logDeletion(.autoscaler(id, nil))
    case .podDisruptionBudget:
      let meta = ObjectMeta(name: key.name, namespace: key.namespace)
      guard let id = budgetID(meta) else { return false }
      budgetRows[id.index] = nil
      logDeletion(.disruptionBudget(id, nil))
    case .resourceQuota:
      guard let id = quotaID(key) else { return false }
      admission.quotaRows[id.index] = nil
      logDeletion(.resourceQuota(id, nil))
    case .service:
      guard let id = services.id(key) else { return false }
      services.delete(id)
      noteWrite(key, nil)
      manager.endpointSlice.queue.add(id.raw)
    case .pod:
      guard let pod = pod(key) else { return false }
      _ = apply(.deletePod(pod, gracePeriodSeconds: nil))
    case .node:
      guard let id = nodes.id(key.name) else { return false }
      perform(.delete, on: id)
    case .namespace: return deleteNamespace(key)
    default: return deleteDocument(key)
    }
    recountQuotas(of: key.namespace)
    return true
  }

  private mutating func logDeletion(_ change: LogEntry.Change) {
    _ = log.nextVersion()
    log.append(change, at: queue.now)
  }

  private mutating func deleteDocument(_ key: ObjectKey) -> Bool {
    guard let index = documents.firstIndex(where: { $0.key == key }) else { return false }
    documents.remove(at: index)
    noteWrite(key, nil)
    admissionRulesChange(with: key.kind)
    recountQuotas(of: key.namespace)
    return true
  }

  /// What is in it goes with it (`namespacedResourcesDeleter.Delete`), whether it has an object or not.
  private mutating func deleteNamespace(_ key: ObjectKey) -> Bool {
    let inside = objects.map(\.key).filter { $0.kind != .namespace && $0.namespace == key.name }
    for key in inside { _ = delete(key) }
    return deleteDocument(key) || !inside.isEmpty
  }

  private func pod(_ key: ObjectKey) -> PodID? {
    if let pod = pods.named(key) { return pod }
    return (0..<pods.count).lazy.map { PodID($0) }.first { pod in
      !pods.views[pod.index].gone && namespace(of: pod) == key.namespace && podName(pod) == key.name
    }
  }
}
