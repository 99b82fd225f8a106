import ClusterAPI
import Control
import Kernel
import Units

extension ResourceQuotaController: Resident {
  static var id: ControllerManager.ControllerID { .resourceQuota }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.resourceQuota }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    let cache = world.manager.cache
    guard Int(key) < cache.quotas.count, let quota = cache.quotas[Int(key)] else { return nil }
    return Input(quota: quota, used: world.used(of: quota, cache))
  }

  /// What it looks at, it finds before the cache holds the change (`quotaControllerSees`).
  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {}
}

// Quotas as they are stored, and what their controller sees.
extension World {
  mutating func write(_ id: ResourceQuotaID, _ quota: ResourceQuota) {
    var stored = quota
    stored.meta.resourceVersion = log.nextVersion()
    admission.quotaRows[id.index] = stored
    log.append(.resourceQuota(id, stored), at: queue.now)
  }

  mutating func create(_ quota: ResourceQuota) {
    var stored = quota
    stored.meta.uid = newUID()
    stored.meta.creationTimestamp = Timestamp(queue.now)
    stored.status = ResourceQuotaStatus()
    admission.quotaRows.append(stored)
    write(ResourceQuotaID(admission.quotaRows.count - 1), stored)
  }

  func quotaID(_ key: ObjectKey) -> ResourceQuotaID? {
    admission.quotaRows.firstIndex {
      $0?.meta.name == key.name && $0?.meta.namespace == key.namespace
    }.map { ResourceQuotaID($0) }
  }

  /// The user's write; false with a note when another quota forbids it.
  mutating func apply(_ quota: ResourceQuota) -> Bool {
    let object = ClusterObject.resourceQuota(quota)
    guard let id = quotaID(object.key), var stored = admission.quotaRows[id.index] else {
      if case .forbidden(let message) = refusal(of: object) {
        note(.refused(object.key, message: message))
        return false
      }
      create(quota)
      return true
    }
    stored.meta.labels = quota.meta.labels
    stored.meta.annotations = quota.meta.annotations
    stored.hard = quota.hard
    stored.scopes = quota.scopes
    stored.unmodelled = quota.unmodelled
    write(id, stored)
    return true
  }

  mutating func replaceStatus(_ quota: ResourceQuota) -> WriteResult {
    let key = ClusterObject.resourceQuota(quota).key
    guard let id = quotaID(key), var stored = admission.quotaRows[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.resourceVersion == quota.meta.resourceVersion else { return conflict(key) }
    stored.status = quota.status
    write(id, stored)
    return .written(resourceVersion: log.resourceVersion, uid: stored.meta.uid)
  }

  /// Quotas that have long been there know what else has.
  mutating func countQuotas() {
    if admission.quotas.isEmpty { return }
    var cache = InformerCache()
    for (index, deployment) in deploymentRows.enumerated() {
      _ = cache.take(.deployment(DeploymentID(index), deployment))
    }
    for (index, stored) in admission.quotaRows.enumerated() {
      guard var quota = stored else { continue }
      quota.status.hard = quota.hard
      quota.status.used = used(of: quota, cache)
      write(ResourceQuotaID(index), quota)
    }
  }

  /// The quota controller looks at quotas that are new or have another spec, and at all of a
  /// namespace from which something has gone. Call it before the cache takes the change.
  mutating func quotaControllerSees(_ change: LogEntry.Change) {
    let cache = manager.cache
    let namespace: String
    switch change {
    case .resourceQuota(let id, let quota):
      let before = id.index < cache.quotas.count ? cache.quotas[id.index] : nil
      if let quota, before?.hard != quota.hard { manager.resourceQuota.queue.add(id.raw) }
      return
    case .pod(_, let view)
    where view.gone || view.phase == .succeeded || view.phase == .failed:
      if cache.quotas.isEmpty { return }
      namespace = owners[view.owner.index].key.namespace
    case .replicaSetDeleted(let id):
      if cache.quotas.isEmpty { return }
      namespace = owners[id.index].key.namespace
    case .deployment(let id, nil):
      namespace = cache.deployments[id.index]?.meta.namespace ?? ""
    default: return
    }
    recountQuotas(of: namespace)
  }

  /// Something of a namespace has gone.
  mutating func recountQuotas(of namespace: String) {
    for (index, quota) in manager.cache.quotas.enumerated()
    where quota?.meta.namespace == namespace {
      manager.resourceQuota.queue.add(UInt32(index))
    }
  }

  /// What the objects of the quota's namespace count for.
  fileprivate func used(of quota: ResourceQuota, _ cache: InformerCache) -> ResourceList {
    var used = quota.hard.mapValues { _ in Quantity.zero }
    let namespace = quota.meta.namespace
    for case let set? in cache.replicaSets where set.meta.namespace == namespace {
      count(.replicaSet(set), quota, &used)
    }
    for index in cache.podsOf.indices where owners[index].key.namespace == namespace {
      countPods(cache.podsOf[index], quota, cache, &used)
    }
    for case let deployment? in cache.deployments where deployment.meta.namespace == namespace {
      count(.deployment(deployment), quota, &used)
    }
    let revisions = workloads.revisions.compactMap { $0.map(ClusterObject.controllerRevision) }
    for object in documents + workloads.objects + revisions
    where object.key.namespace == namespace {
      count(object, quota, &used)
    }
    for autoscaler in autoscalers where autoscaler.meta.namespace == namespace {
      count(.horizontalPodAutoscaler(autoscaler), quota, &used)
    }
    for row in services.rows where !row.isDeleted && row.service.meta.namespace == namespace {
      count(.service(row.service), quota, &used)
    }
    for other in admission.quotas where other.meta.namespace == namespace {
      count(.resourceQuota(other), quota, &used)
    }
    return used
  }

  private func count(
    _ object: ClusterObject, _ quota: ResourceQuota, _ used: inout ResourceList
  ) {
    guard QuotaAdmission.matches(quota, .object(object)) else { return }
    used.count(QuotaUsage.of(object))
  }

  private func countPods(
    _ all: [PodID], _ quota: ResourceQuota, _ cache: InformerCache, _ used: inout ResourceList
  ) {
    var ended = 0
    var running: [(template: TemplateID, count: Int)] = []
    for pod in all {
      guard let view = cache.pods[pod.index] else { continue }
      if view.phase == .succeeded || view.phase == .failed {
        ended += 1
        continue
      }
      let template = pods.templates[pod.index]
      if let index = running.firstIndex(where: { $0.template == template }) {
        running[index].count += 1
      } else {
        running.append((template, 1))
      }
    }
    used.count(QuotaUsage.endedPod, times: ended)
    for (template, count) in running {
      let spec = templates[template.index].template.spec
      guard QuotaAdmission.matches(quota, .pod(spec)) else { continue }
      used.count(QuotaUsage.of(spec), times: count)
    }
  }
}
