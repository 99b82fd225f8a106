import Control
import Kernel
import Units

/// The scheduler's queue of pods (activeQ, backoffQ and the unschedulable pods of kube-scheduler).
struct SchedulingQueue: Sendable {
  enum Place: UInt8 {
    /// Not seen yet.
    case unknown
    /// Waits for its turn, by priority and then by arrival.
    case active
    /// Waits for the end of its back-off; taken earlier when nothing else waits.
    case backingOff
    /// Likewise after an error of the API server, which nothing shortens.
    case backingOffAfterError
    /// Waits for a change that may help.
    case unschedulable
    /// Assumed to run on a node, whose binding is under way.
    case assumed
    case bound
    /// Gone, or being deleted before it had a node.
    case left
  }

  struct Row: Sendable {
    var place = Place.unknown
    /// Counts as being deleted on its node.
    var terminating = false
    var attempts: UInt8 = 0
    var priority: Int32 = 0
    /// The node that the cache counts it on; -1: none.
    var node: Int32 = -1
    /// The node on which others were preempted for it; -1: none.
    var nominated: Int32 = -1
    /// Plugins that rejected it, by their places in `SchedulerPlugin.allCases`.
    var rejecting: UInt16 = 0
    var failed = Instant.zero
  }

  private(set) var active: [PodID] = []
  private(set) var head = 0
  private(set) var backingOff: [PodID] = []
  private(set) var unschedulable: [PodID] = []
  var rows = Rows<Row>()

  var isEmpty: Bool { head == active.count && !hasEarly }

  private var hasEarly: Bool {
    backingOff.contains { rows[$0.index].place == .backingOff }
  }

  mutating func grow(to pod: PodID) {
    while rows.count <= pod.index { rows.append(Row()) }
  }

  /// Puts a pod behind those of its priority.
  mutating func activate(_ pod: PodID) {
    let priority = rows[pod.index].priority
    rows[pod.index].place = .active
    var at = active.count
    while at > head, rows[active[at - 1].index].priority < priority { at -= 1 }
    active.insert(pod, at: at)
  }

  /// The next pod to be tried; with nothing active, the one whose back-off ends first
  /// (`SchedulerPopFromBackoffQ`).
  mutating func take() -> PodID? {
    if head < active.count {
      let pod = active[head]
      head += 1
      if head == active.count {
        active.removeAll(keepingCapacity: true)
        head = 0
      }
      return pod
    }
    var first: (index: Int, end: Instant)?
    for (index, pod) in backingOff.enumerated() where rows[pod.index].place == .backingOff {
      let end = backOffEnd(pod)
      if first.map({ end < $0.end }) ?? true { first = (index, end) }
    }
    return first.map { backingOff.remove(at: $0.index) }
  }

  func backOffEnd(_ pod: PodID) -> Instant {
    let row = rows[pod.index]
    return row.failed + SchedulingBackOff.duration(attempts: Int(row.attempts))
  }

  /// No node took the pod.
  mutating func park(_ pod: PodID, rejectedBy plugins: [SchedulerPlugin], now: Instant) {
    rows[pod.index].place = .unschedulable
    rows[pod.index].failed = now
    // Without any node no plugin was asked: whatever happens may help.
    rows[pod.index].rejecting = SchedulingQueue.mask { plugins.isEmpty || plugins.contains($0) }
    unschedulable.append(pod)
  }

  /// The API server refused the binding.
  mutating func backOffAfterError(_ pod: PodID, now: Instant) {
    rows[pod.index].place = .backingOffAfterError
    rows[pod.index].failed = now
    backingOff.append(pod)
  }

  /// Takes the pods out of the unschedulable ones that the change may help.
  ///
  /// - Returns: those that have to wait for the end of their back-off.
  mutating func move(after change: SchedulerPlugin.ClusterChange, now: Instant) -> [PodID] {
    guard !unschedulable.isEmpty else { return [] }
    let mask = SchedulingQueue.mask { $0.mayFit(after: change) }
    var (stay, wait): ([PodID], [PodID]) = ([], [])
    for pod in unschedulable {
      if rows[pod.index].rejecting & mask == 0 {
        stay.append(pod)
      } else if backOffEnd(pod) > now {
        rows[pod.index].place = .backingOff
        backingOff.append(pod)
        wait.append(pod)
      } else {
        activate(pod)
      }
    }
    unschedulable = stay
    return wait
  }

  /// The end of a back-off, or of the time for which a pod may stay unschedulable.
  mutating func timeHasCome(_ pod: PodID, now: Instant) {
    switch rows[pod.index].place {
    case .backingOff, .backingOffAfterError:
      guard backOffEnd(pod) <= now else { return }
      backingOff.removeAll { $0 == pod }
      activate(pod)
    case .unschedulable:
      guard SchedulingBackOff.leftoverFlush(failed: rows[pod.index].failed) <= now else { return }
      unschedulable.removeAll { $0 == pod }
      activate(pod)
    case .unknown, .active, .assumed, .bound, .left: return
    }
  }

  /// The pod is gone before it had a node.
  mutating func leave(_ pod: PodID) {
    switch rows[pod.index].place {
    case .active:
      if let at = active[head...].firstIndex(of: pod) { active.remove(at: at) }
    case .backingOff, .backingOffAfterError: backingOff.removeAll { $0 == pod }
    case .unschedulable: unschedulable.removeAll { $0 == pod }
    case .unknown, .assumed, .bound, .left: break
    }
    rows[pod.index].place = .left
  }

  private static func mask(_ isIn: (SchedulerPlugin) -> Bool) -> UInt16 {
    var mask: UInt16 = 0
    for (index, plugin) in SchedulerPlugin.allCases.enumerated() where isIn(plugin) {
      mask |= 1 << UInt16(index)
    }
    return mask
  }
}

/// The scheduler's process: what it knows of nodes and placed pods, and who waits.
struct SchedulerState: Sendable {
  var cursor = Cursor()
  var cache = SchedulerCache()
  var queue = SchedulingQueue()
  /// What the pods of an owner are to the cache, by how admission left them.
  var kinds: [[Kind]] = []
  var busy = false
  /// Pods that wait for their victims to go (`status.nominatedNodeName`), in the order of nomination.
  var nominated: [PodID] = []
  /// Pods of the nodes by priority: whether there is anybody to preempt.
  var placedPriorities: [Int32: Int] = [:]
  var bucket: TokenBucket

  struct Kind: Sendable {
    var own: TemplateID
    /// The only node that will do, of a DaemonSet's pod.
    var node: NodeID?
    /// Of its volumes.
    var zone: String?
    /// The cache's template.
    var template: Int
    var priority: Int32
    /// `preemptionPolicy: Never`
    var neverPreempts: Bool
  }

  init(_ latencies: Latencies) {
    bucket = TokenBucket(qps: latencies.schedulerQPS, burst: latencies.schedulerBurst)
  }
}
