public import ClusterAPI
public import Control
import Units

/// The Job controller: one sync is one pass (`job.syncJob`, Kubernetes 1.36).
public struct JobController: Controller {
  public struct Input: Sendable {
    public var job: Job
    /// All that it ever had: their ends are counted though the objects may be gone
    /// (`batch.kubernetes.io/job-tracking`).
    public var pods: [JobPod]
    public var seen: ControllerExpectations.Seen
  }

  public typealias Memory = ControllerExpectations
  public let initial = ControllerExpectations()
  /// `MaxPodCreateDeletePerSync`
  public static let burst = 500
  /// Changes of pods are looked at together (`SyncJobBatchPeriod`).
  static let batchPeriod = Span.seconds(1)

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    var job = input.job
    if job.status.has("Complete") || job.status.has("Failed") { return .never }
    if job.status.startTime == nil, !job.suspend { job.status.startTime = Timestamp(pass.now) }
    let sync = JobSync(job: job, pods: input.pods, now: pass.now)
    let isSatisfied = pass.memory.areSatisfied(by: input.seen)
    var (outcome, isRefused) = (sync.outcome, false)
    var requeue = Requeue.never
    // What has once been decided stays so.
    if let target = job.status.conditions.first(where: { $0.type == "FailureTarget" }) {
      outcome = .failed(reason: target.reason, message: target.message)
    } else if job.status.has("SuccessCriteriaMet") {
      outcome = .complete
    }
    if isSatisfied {
      if outcome == .goesOn, !job.suspend {
        (requeue, isRefused) = try manage(job, sync, &pass)
      } else {
        isRefused = try !delete(sync.active.map(\.id), &pass)
      }
    }
    var status = status(job, sync)
    note(outcome, in: &status, sync, now: pass.now)
    if status != input.job.status {
      var changed = input.job
      changed.status = status
      if case .refused = try pass.write(.replaceStatus(.job(changed))) { isRefused = true }
    }
    if isRefused { return .backOff }
    if let deadline = sync.deadline, outcome == .goesOn, requeue == .never {
      return .after(max(deadline - pass.now, .zero))
    }
    return requeue
  }

  /// Makes what is missing, with a slow start and not before the back-off is over; deletes what is too
  /// much.
  private func manage(
    _ job: Job, _ sync: JobSync, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> (Requeue, isRefused: Bool) {
    let (missing, surplus) = sync.difference
    if !surplus.isEmpty { return (.never, try !delete(surplus, &pass)) }
    if missing.isEmpty { return (.never, false) }
    let wait = sync.backOff
    if wait > .zero { return (.after(wait), false) }
    let key = ClusterObject.job(job).key
    let wanted = missing.prefix(JobController.burst)
    var (created, start, size) = (0, 0, 1)
    var isRefused = false
    while start < wanted.count, !isRefused {
      let batch = wanted.dropFirst(start).prefix(size)
      let results = try pass.write(
        all: batch.map { .createPod(owner: key, ownerUID: job.meta.uid, $0) })
      created += results.count { $0.isWritten }
      isRefused = results.contains { !$0.isWritten }
      (start, size) = (start + batch.count, size * 2)
    }
    pass.memory.expect(creations: created, after: pass.input.seen)
    return (.never, isRefused)
  }

  private func delete(
    _ pods: [PodID], _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    if pods.isEmpty { return true }
    let results = try pass.write(all: pods.map { .deletePod($0, gracePeriodSeconds: nil) })
    pass.memory.expect(deletions: results.count { $0.isWritten }, after: pass.input.seen)
    return results.allSatisfy { $0.isWritten || $0.refusal == .notFound }
  }

  private func status(_ job: Job, _ sync: JobSync) -> JobStatus {
    var status = job.status
    status.active = sync.active.count
    status.ready = sync.active.count { $0.isReady }
    status.terminating = sync.terminating
    status.succeeded = sync.succeeded
    status.failed = sync.failed
    return status
  }

  /// First what the Job is going to come to, then, when no pod of it runs any more, what it has come to.
  private func note(
    _ outcome: JobSync.Outcome, in status: inout JobStatus, _ sync: JobSync, now: Instant
  ) {
    func set(_ type: String, _ reason: String, _ message: String) {
      if status.has(type) { return }
      status.conditions.append(
        Condition(
          type: type, status: .yes, reason: reason, message: message,
          lastUpdateTime: Timestamp(now), lastTransitionTime: Timestamp(now)))
    }
    let isOver = sync.active.isEmpty && sync.terminating == 0
    switch outcome {
    case .goesOn: break
    case .complete:
      let message = "Reached expected number of succeeded pods"
      set("SuccessCriteriaMet", "CompletionsReached", message)
      guard isOver else { return }
      set("Complete", "CompletionsReached", message)
      status.completionTime = Timestamp(now)
    case .failed(let reason, let message):
      set("FailureTarget", reason, message)
      if isOver { set("Failed", reason, message) }
    }
  }
}
