import ClusterAPI
import Control
import Kernel
import Units

extension JobController: Resident {
  static var id: ControllerManager.ControllerID { .job }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.job }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.jobInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    if case .job(let id, _) = change { world.manager.job.queue.add(id.raw) }
    guard case .pod(_, let view) = change else { return }
    let owner = view.owner.index
    guard world.owners[owner].workload.kind == .job else { return }
    world.push(
      .requeue, Int(world.owners[owner].row), at: world.queue.now + JobController.batchPeriod,
      extra: id.rawValue)
  }
}

extension World {
  /// The owner that a Job is to its pods.
  mutating func own(_ job: Job, row: UInt32) {
    let key = ClusterObject.job(job).key
    let uid = String(job.meta.uid)
    _ = own(
      key, uid: job.meta.uid, of: key, row: row, job.template, selector: nil,
      ownLabels: [
        "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": key.name,
        "controller-uid": uid, "job-name": key.name,
      ])
  }

  fileprivate func jobInput(_ key: UInt32) -> JobController.Input? {
    let cache = manager.cache
    guard Int(key) < cache.jobs.count, let job = cache.jobs[Int(key)],
      let owner = owners(of: .job, row: key).first
    else { return nil }
    var input = JobController.Input(job: job, pods: [], seen: ControllerExpectations.Seen())
    var present: Set<PodID> = []
    if owner < cache.podsOf.count {
      input.seen = cache.seen[owner]
      present = Set(cache.podsOf[owner])
      for id in cache.podsOf[owner] {
        if let view = cache.pods[id.index] { input.pods.append(jobPod(id, view)) }
      }
    }
    for index in pods.views.indices
    where pods.views[index].owner.index == owner && pods.views[index].gone {
      if !present.contains(PodID(index)) {
        input.pods.append(jobPod(PodID(index), pods.views[index]))
      }
    }
    return input
  }

  private func jobPod(_ id: PodID, _ view: PodView) -> JobPod {
    var pod = JobPod(id)
    switch view.phase {
    case .pending, .running: pod.state = view.gone ? .failed : .active
    case .succeeded: pod.state = .succeeded
    case .failed: pod.state = .failed
    }
    pod.isTerminating = view.terminating
    pod.isReady = view.ready
    pod.restarts = Int(view.restarts)
    pod.finished = view.finished
    if case .completion(let index) = pods.slots[id.index] { pod.index = index }
    return pod
  }
}
