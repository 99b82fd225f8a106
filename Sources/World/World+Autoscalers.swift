import ClusterAPI
import Control
import Kernel
import Units

extension HorizontalPodAutoscalerController: Resident {
  static var id: ControllerManager.ControllerID { .autoscaler }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.autoscaler }

  /// A key that comes before its time is left over from a process that died.
  static func input(_ key: UInt32, in world: inout World) -> Input? {
    let index = Int(key)
    guard index < world.manager.cache.autoscalers.count,
      let autoscaler = world.manager.cache.autoscalers[index]
    else { return nil }
    if let period = world.options.autoscaling.syncPeriod {
      guard world.queue.now >= world.manager.cache.syncs[index] else { return nil }
      world.manager.cache.syncs[index] = world.queue.now + period
    }
    world.manager.cache.settleAutoscalers()
    return world.autoscalerInput(autoscaler, index)
  }

  /// The first sync comes a period after the object was seen first.
  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    guard case .autoscaler(let id, .some) = change,
      let period = world.options.autoscaling.syncPeriod,
      world.manager.cache.syncs[id.index] == .never
    else { return }
    let due = world.queue.now + period
    world.manager.cache.syncs[id.index] = due
    world.push(.requeue, id.index, at: due, extra: Self.id.rawValue)
  }
}

// What the controller's informers show it.
extension World {
  fileprivate func autoscalerInput(
    _ autoscaler: HorizontalPodAutoscaler, _ index: Int
  ) -> HorizontalPodAutoscalerController.Input {
    var input = HorizontalPodAutoscalerController.Input(autoscaler: autoscaler, pods: [])
    guard let selector = manager.cache.scaled.selectors[index] else { return input }
    let namespace = autoscaler.meta.namespace
    var rivals: Set<Int> = []
    for owner in owners(selectedBy: selector, namespace: namespace) {
      for pod in manager.cache.podsOf[owner] {
        if let view = manager.cache.pods[pod.index] { input.pods.append(autoscaled(pod, view)) }
      }
      rivals.formUnion(
        manager.cache.scaled.autoscalers(
          selecting: ownerIndex.labels[owner], namespace: namespace))
    }
    for rival in rivals.sorted() {
      let name = manager.cache.autoscalers[rival]?.meta.name
      if let name, name != autoscaler.meta.name { input.rivals.append(name) }
    }
    return input
  }

  /// Owners that have pods which a selector lists.
  func owners(selectedBy selector: LabelSelector, namespace: String) -> [Int] {
    ownerIndex.owners(selectedBy: selector, namespace: namespace).filter {
      $0 < manager.cache.podsOf.count && !manager.cache.podsOf[$0].isEmpty
    }
  }

  private func autoscaled(_ pod: PodID, _ view: PodView) -> AutoscaledPod {
    let phase: AutoscaledPod.Phase
    switch view.phase {
    case .pending: phase = .pending
    case .running: phase = .running
    case .succeeded: phase = .succeeded
    case .failed: phase = .failed
    }
    let hasStarted = view.startTime != PodView.unset
    let transition = max(view.readyTransition, view.startTime)
    return AutoscaledPod(
      name: podName(pod), phase: phase, isDeleting: view.terminating,
      ready: hasStarted ? (view.ready ? .yes : .no) : nil,
      readyTransition: hasStarted ? transition.instant : nil,
      startTime: hasStarted ? view.startTime.instant : nil,
      containers: template(of: pod).requests)
  }
}

// Autoscalers as they are stored.
extension World {
  mutating func create(_ autoscaler: HorizontalPodAutoscaler) {
    var stored = autoscaler
    stored.meta.uid = newUID()
    stored.meta.generation = 1
    stored.meta.creationTimestamp = Timestamp(queue.now)
    stored.status = HorizontalPodAutoscalerStatus()
    autoscalerRows.append(stored)
    let id = AutoscalerID(autoscalerRows.count - 1)
    autoscalerNames.append(id.index, stored.meta)
    write(id, stored)
    for at in options.autoscalerSyncs where at > queue.now {
      push(
        .requeue, id.index, at: at, extra: ControllerManager.ControllerID.autoscaler.rawValue)
    }
    startMetricsServer()
  }

  private mutating func write(_ id: AutoscalerID, _ autoscaler: HorizontalPodAutoscaler) {
    var stored = autoscaler
    stored.meta.resourceVersion = log.nextVersion()
    autoscalerRows[id.index] = stored
    log.append(.autoscaler(id, stored), at: queue.now)
  }

  func autoscalerID(_ key: ObjectKey) -> AutoscalerID? {
    autoscalerNames.row(namespace: key.namespace, name: key.name) { autoscalerRows[$0] != nil }
      .map { AutoscalerID($0) }
  }

  /// The user's write; false with a note when a quota forbids it.
  mutating func apply(_ autoscaler: HorizontalPodAutoscaler) -> Bool {
    let object = ClusterObject.horizontalPodAutoscaler(autoscaler)
    guard let id = autoscalerID(object.key), let before = autoscalerRows[id.index] else {
      if case .forbidden(let message) = refusal(of: object) {
        note(.refused(object.key, message: message))
        return false
      }
      create(autoscaler)
      return true
    }
    var stored = autoscaler
    stored.status = before.status
    stored.meta.uid = before.meta.uid
    stored.meta.creationTimestamp = before.meta.creationTimestamp
    stored.meta.resourceVersion = before.meta.resourceVersion
    stored.meta.generation = before.meta.generation
    if stored == before { return true }
    stored.meta.generation += 1
    write(id, stored)
    return true
  }

  mutating func replaceStatus(_ autoscaler: HorizontalPodAutoscaler) -> WriteResult {
    let key = ClusterObject.horizontalPodAutoscaler(autoscaler).key
    guard let id = autoscalerID(key), var stored = autoscalerRows[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.resourceVersion == autoscaler.meta.resourceVersion else {
      return conflict(key)
    }
    for condition in autoscaler.status.conditions
    where !stored.status.conditions.contains(where: {
      $0.type == condition.type && $0.reason == condition.reason && $0.status == condition.status
    }) {
      note(.condition(key, condition))
    }
    stored.status = autoscaler.status
    write(id, stored)
    return .written(resourceVersion: log.resourceVersion, uid: stored.meta.uid)
  }
}
