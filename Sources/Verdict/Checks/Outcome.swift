public import ClusterAPI
public import Units
import World

/// How a rollout ended.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  /// The new template is complete, and whoever watches it has said so.
  case promoted
  /// The template from before the change is complete again.
  case rolledBack
  /// `spec.paused`: it waits for somebody.
  case paused
  /// It has come to no end.
  case stuck
}

/// Why a rollout has come to no end.
public enum Pending: Hashable, Sendable {
  case available(Int, wanted: Int)
  case updated(Int, wanted: Int)
  case oldPodsRemain(Int)
  case progressDeadlineExceeded(seconds: Int)
  case guardHasNotDecided
  case otherTemplate
  /// Pods of the revision that end again and again.
  case restarting(pods: Int, restarts: Int)
  case noObject(ObjectKey)

  public var words: String {
    switch self {
    case .available(let count, let wanted): "\(count) of \(wanted) pods are available"
    case .updated(let count, let wanted): "\(count) of \(wanted) pods have the template wanted"
    case .oldPodsRemain(let count): "\(count) pods of other revisions remain"
    case .progressDeadlineExceeded(let seconds):
      "no progress within progressDeadlineSeconds (\(seconds) s)"
    case .guardHasNotDecided: "the rollback guard has neither promoted nor rolled back"
    case .otherTemplate: "the template is neither that of before nor that of the change"
    case .restarting(let pods, let restarts):
      "containers of \(pods) pods end again and again (\(restarts) restarts)"
    case .noObject(let key): "\(key.description) does not exist"
    }
  }
}

/// How a rollout ended, when, and if it did not, what it waits for.
public struct Settlement: Hashable, Sendable {
  public var outcome: Outcome
  /// When the terminal state was reached; nil while stuck.
  public var at: Instant?
  public var pending: [Pending]

  public init(_ outcome: Outcome, at: Instant?, pending: [Pending] = []) {
    self.outcome = outcome
    self.at = at
    self.pending = pending
  }

  /// The worst outcome (stuck, rolled back, paused, promoted), and the latest end; nil for none.
  init?(combining settlements: [Settlement]) {
    let order: [Outcome] = [.stuck, .rolledBack, .paused, .promoted]
    guard let worst = order.first(where: { one in settlements.contains { $0.outcome == one } })
    else { return nil }
    self.init(
      worst, at: worst == .stuck ? nil : settlements.compactMap(\.at).max(),
      pending: settlements.flatMap(\.pending))
  }

  init(of subject: RunTrace.Subject, _ trace: RunTrace) {
    let object = trace.objects.first { $0.key == subject.key }
    guard let rollout = object.flatMap(Rollout.init) else {
      self.init(.stuck, at: nil, pending: [.noObject(subject.key)])
      return
    }
    if rollout.isPaused {
      let at = trace.timeline.last { $0.happening == .applied(subject.key) }?.at
      self.init(.paused, at: at ?? trace.changeAt)
      return
    }
    var pending = rollout.pending
    let template = rollout.template
    let isBack = template == subject.before && subject.target != subject.before
    if !isBack && template != subject.target { pending.append(.otherTemplate) }
    let promotion = trace.decisions.last { $0.decision.subject == subject.key }
    if !isBack, subject.isGuarded, subject.target != subject.before,
      promotion?.taken != .promote
    {
      pending.append(.guardHasNotDecided)
    }
    if let restarting = Settlement.restarting(trace, subject.key) { pending.append(restarting) }
    guard pending.isEmpty else {
      self.init(.stuck, at: nil, pending: pending)
      return
    }
    let settled = Settlement.completeAt(trace, rollout)
    let decided = isBack ? nil : promotion?.at
    self.init(
      isBack ? .rolledBack : .promoted, at: max(settled, decided ?? trace.changeAt))
  }

  /// Whether all that is missing is somebody who says that the rollout is complete.
  public var isComplete: Bool {
    outcome == .promoted || (outcome == .stuck && pending == [.guardHasNotDecided])
  }

  /// The longest pause of CrashLoopBackOff: a pod that ends again within it may just look ready.
  private static let longestBackOff = Span.seconds(300)

  /// Pods that are there at the end, whose containers have ended twice or more since the change and
  /// once in the last five minutes.
  private static func restarting(_ trace: RunTrace, _ workload: ObjectKey) -> Pending? {
    var ends = Array(repeating: 0, count: trace.pods.count)
    var isRecent = Array(repeating: false, count: trace.pods.count)
    for entry in trace.timeline where entry.at >= trace.changeAt {
      switch entry.happening {
      case .containerExited(let pod, _) where trace.pods[pod.index].workload == workload:
        ends[pod.index] += 1
        isRecent[pod.index] = entry.at + longestBackOff > trace.end
      case .podTerminating(let pod), .podGone(let pod): ends[pod.index] = 0
      default: break
      }
    }
    let pods = ends.indices.filter { ends[$0] >= 2 && isRecent[$0] }
    guard !pods.isEmpty else { return nil }
    return .restarting(pods: pods.count, restarts: pods.reduce(0) { $0 + ends[$1] })
  }

  /// The first instant after the last decision (or the change) from which pods of one ReplicaSet
  /// alone were there, and all ready.
  private static func completeAt(_ trace: RunTrace, _ rollout: Rollout) -> Instant {
    let key = rollout.key
    let from = trace.decisions.last { $0.decision.subject == key && $0.taken == .rollBack }?.at
    let undone = trace.timeline.last { $0.happening == .applied(key) }?.at
    let start = max(trace.changeAt, from ?? .zero, undone ?? .zero)
    // An autoscaler may want another number later; then that of the moment counts.
    let scales = trace.scales.filter { $0.key == key }
    let history = PodHistory(trace, of: key)
    guard let last = history.steps.last?.counts,
      let final = last.existing.firstIndex(where: { $0 > 0 })
    else { return start }
    for step in history.spans(from: start, to: trace.end) {
      if key.kind != .deployment {
        // Several revisions may stay side by side.
        if step.counts.existing == last.existing, step.counts.allReady >= rollout.wanted {
          return step.from
        }
        continue
      }
      let wanted = scales.last { $0.at <= step.from }?.replicas ?? rollout.wanted
      if step.counts.ready[final] == wanted, step.counts.allExisting == wanted,
        step.counts.existing[final] == wanted
      {
        return step.from
      }
    }
    return start
  }
}
