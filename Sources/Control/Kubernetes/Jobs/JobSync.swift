public import ClusterAPI
public import Units

/// A pod of a Job, as its controller sees it.
public struct JobPod: Hashable, Sendable {
  public enum State: Hashable, Sendable { case active, succeeded, failed }

  public var id: PodID
  public var state = State.active
  /// One that is being deleted counts as failed unless it has succeeded.
  public var isTerminating = false
  public var isReady = false
  public var restarts = 0
  /// When it ended.
  public var finished = Timestamp(seconds: 0)
  /// Of an indexed Job.
  public var index: Int?

  public init(_ id: PodID) { self.id = id }
}

/// What a Job's pods have come to, and what follows (`job.syncJob`, Kubernetes 1.36).
public struct JobSync: Sendable {
  public enum Outcome: Hashable, Sendable {
    case goesOn
    case complete
    case failed(reason: String, message: String)
  }

  public var job: Job
  public var pods: [JobPod]
  public var now: Instant

  public init(job: Job, pods: [JobPod], now: Instant) {
    self.job = job
    self.pods = pods
    self.now = now
  }

  public var active: [JobPod] { pods.filter { $0.state == .active && !$0.isTerminating } }
  public var terminating: Int { pods.count { $0.state == .active && $0.isTerminating } }
  public var failed: Int { pods.count(where: isFailed) }

  private var isIndexed: Bool { job.completionMode == "Indexed" }

  private func isFailed(_ pod: JobPod) -> Bool {
    pod.state == .failed || pod.isTerminating && pod.state == .active
  }

  /// Of an indexed Job each completion counts once.
  public var succeeded: Int {
    let ended = pods.filter { $0.state == .succeeded }
    return isIndexed ? Set(ended.compactMap(\.index)).count : ended.count
  }

  public var outcome: Outcome {
    if failed > job.backoffLimit || isPastLimitOnFailure {
      return .failed(
        reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit")
    }
    if let deadline, now >= deadline {
      return .failed(
        reason: "DeadlineExceeded", message: "Job was active longer than specified deadline")
    }
    guard let completions = job.completions else {
      return succeeded > 0 && active.isEmpty ? .complete : .goesOn
    }
    return succeeded >= completions ? .complete : .goesOn
  }

  /// Restarts within pods count where pods are restarted (`pastBackoffLimitOnFailure`).
  private var isPastLimitOnFailure: Bool {
    guard job.template.spec.restartPolicy == .onFailure else { return false }
    let restarts = active.reduce(0) { $0 + $1.restarts }
    return job.backoffLimit == 0 ? restarts > 0 : restarts >= job.backoffLimit
  }

  /// When `activeDeadlineSeconds` are over.
  public var deadline: Instant? {
    guard let seconds = job.activeDeadlineSeconds, let start = job.status.startTime else {
      return nil
    }
    return start.instant + .seconds(Int64(seconds))
  }

  /// Pods that are to be made, by completion where the Job is indexed, and those that are too many
  /// (`manageJob`).
  public var difference: (missing: [PodSlot], surplus: [PodID]) {
    var wanted = job.parallelism
    if let completions = job.completions {
      wanted = min(wanted, max(0, completions - succeeded))
    } else if succeeded > 0 {
      wanted = active.count
    }
    if active.count >= wanted {
      // Those that are not ready go first, then the youngest (`ActivePods`).
      let order = active.sorted { $0.isReady == $1.isReady ? $0.id > $1.id : !$0.isReady }
      return ([], order.prefix(active.count - wanted).map(\.id))
    }
    let count = wanted - active.count
    guard isIndexed else { return (Array(repeating: .any, count: count), []) }
    let taken = Set(pods.filter { !isFailed($0) }.compactMap(\.index))
    let free = (0..<(job.completions ?? 0)).lazy.filter { !taken.contains($0) }
    return (free.prefix(count).map { .completion($0) }, [])
  }

  /// How long no pod is made after failures: 10 s, doubled with each one since the last success, at most
  /// 10 minutes (`newBackoffRecord`).
  public var backOff: Span {
    let lastSuccess = pods.filter { $0.state == .succeeded }.map(\.finished).max()
    let failures = pods.filter { $0.state == .failed }.map(\.finished)
      .filter { finished in lastSuccess.map { finished > $0 } ?? true }
    guard let last = failures.max() else { return .zero }
    let whole = min(Span.seconds(10) * (1 << Int64(min(failures.count - 1, 20))), .seconds(600))
    return max(.zero, last.instant + whole - now)
  }
}
