public import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// The user's write takes effect.
  mutating func perform(_ change: Change) {
    let key = change.key
    switch change {
    case .apply(.deployment(let wanted)) where deploymentID(key) == nil:
      if case .forbidden(let message) = refusal(of: .deployment(wanted)) {
        return note(.refused(key, message: message))
      }
      return create(wanted)
    case .apply(.pod(let pod)): return create(pod)
    case .apply(.deployment(let wanted)):
      guard let id = deploymentID(key), let stored = deploymentRows[id.index],
        !isRefused(.deployment(stored), to: .deployment(wanted)),
        let spec = change.changed(stored, now: 0)
      else { return }
      store(id, spec: spec)
    case .apply(.statefulSet(let set)): return apply(set)
    case .apply(.daemonSet(let set)): return apply(set)
    case .apply(.job(let job)): return apply(job)
    case .apply(.resourceQuota(let quota)):
      guard apply(quota) else { return }
    case .apply(.horizontalPodAutoscaler(let autoscaler)):
      guard apply(autoscaler) else { return }
    case .apply(.service(let service)):
      guard apply(service) else { return }
    case .apply(.podDisruptionBudget(let budget)): apply(budget)
    case .apply(.node(let node)): apply(node)
    case .node(let reference, let work):
      guard let id = node(reference) else { return note(.refused(key, message: "not found")) }
      perform(work, on: id)
    case .pod(let reference, let work):
      guard let pod = pod(reference) else { return note(.refused(key, message: "not found")) }
      perform(work, on: pod)
    case .apply(let object) where object.kind != .deployment:
      guard store(object) else { return }
    case .delete:
      guard delete(key) else { return note(.refused(key, message: "not found")) }
    case _ where key.kind == .statefulSet:
      return perform(change, on: workloads.statefulSets.id(key))
    case _ where key.kind == .daemonSet: return perform(change, on: workloads.daemonSets.id(key))
    case _ where key.kind == .job: return perform(change, on: workloads.jobs.id(key))
    case .undo:
      guard let id = deploymentID(key) else { return }
      guard let spec = specBefore(id) else {
        return note(.refused(key, message: "no rollout history found"))
      }
      store(id, spec: spec)
    default:
      guard let id = deploymentID(key), let stored = deploymentRows[id.index],
        let spec = change.changed(stored, now: unixSeconds(at: queue.now))
      else { return }
      store(id, spec: spec)
    }
    note(.applied(key))
  }

  /// The spec with the template of the highest revision below the present one.
  private func specBefore(_ id: DeploymentID) -> DeploymentSpec? {
    guard let deployment = deploymentRows[id.index] else { return nil }
    let revision = DeploymentController.revision(of: deployment.meta)
    let earlier = replicaSets.compactMap { $0 }
      .filter { $0.meta.owner?.uid == deployment.meta.uid }
      .filter { DeploymentController.revision(of: $0.meta) < revision }
      .max {
        DeploymentController.revision(of: $0.meta) < DeploymentController.revision(of: $1.meta)
      }
    guard let earlier else { return nil }
    var spec = deployment.spec
    spec.template = earlier.spec.template
    return spec
  }

  /// False with a note when admission forbids it.
  private mutating func store(_ object: ClusterObject) -> Bool {
    let index = documents.firstIndex { $0.key == object.key }
    if case .forbidden(let message) = refusal(of: object, isNew: index == nil) {
      note(.refused(object.key, message: message))
      return false
    }
    if let index {
      if isRefused(documents[index], to: object) { return false }
      documents[index] = object
    } else {
      documents.append(object)
    }
    noteWrite(object.key, object)
    admissionRulesChange(with: object.kind)
    return true
  }

  /// Whether the API server refuses an update, with a note.
  mutating func isRefused(_ stored: ClusterObject, to wanted: ClusterObject) -> Bool {
    guard let words = UpdateRules.objection(stored, to: wanted) else { return false }
    note(.refused(wanted.key, message: words))
    return true
  }

  /// A Service's selector may change what its endpoints are; false with a note when a quota forbids a
  /// new one.
  private mutating func apply(_ service: Service) -> Bool {
    let key = ClusterObject.service(service).key
    if services.id(key) == nil, case .forbidden(let message) = refusal(of: .service(service)) {
      note(.refused(key, message: message))
      return false
    }
    if let id = services.id(key),
      isRefused(.service(services.rows[id.index].service), to: .service(service))
    {
      return false
    }
    let id = services.put(service)
    noteWrite(key, .service(service))
    for (load, spec) in options.loads.enumerated() where spec.service == key {
      services.connect(LoadID(load), to: id)
    }
    manager.endpointSlice.queue.add(id.raw)
    return true
  }

  /// All objects as they are stored, by kind and name; what controllers make is not among them.
  public var objects: [ClusterObject] {
    let all =
      documents + deployments.map { .deployment($0) } + workloads.objects
      + services.rows.filter { !$0.isDeleted }.map { .service($0.service) }
      + admission.quotas.map { .resourceQuota($0) }
      + budgets.map { .podDisruptionBudget($0) }
      + autoscalers.map { .horizontalPodAutoscaler($0) }
      + singlePods.filter { !pods.views[$0.id.index].gone }.map { .pod($0.object) }
    return all.sorted { $0.key < $1.key }
  }

}
