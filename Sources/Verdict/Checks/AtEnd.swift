public import ClusterAPI
import Units

extension Expectation {
  /// What must be there at the end of the run.
  public struct EndState: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
      case workload(ObjectKey)
      /// Of any workload, on this node.
      case node(String)
    }

    /// A number, or a range of numbers.
    public struct Bound: Hashable, Sendable {
      public var least: Int?
      public var most: Int?

      public init(least: Int? = nil, most: Int? = nil) {
        self.least = least
        self.most = most
      }

      func holds(_ value: Int) -> Bool {
        value >= least ?? .min && value <= most ?? .max
      }

      var words: String {
        switch (least, most) {
        case (let least?, let most?) where least == most: "\(least)"
        case (let least?, let most?): "\(least) to \(most)"
        case (let least?, nil): "at least \(least)"
        case (nil, let most?): "at most \(most)"
        case (nil, nil): "any number"
        }
      }
    }

    public enum Count: String, CaseIterable, Hashable, Sendable {
      /// That are there and not being deleted.
      case pods
      /// Of these, ready.
      case ready
      /// Of these, on no node yet.
      case pending
      /// Being deleted.
      case terminating
      /// Of the present template, as the workload's status says.
      case updated
      /// Evictions that the API refused until then: a disruption budget was in the way.
      case refusedEvictions
      /// Deleted until then by the scheduler, to make room for others.
      case preempted
    }

    public var subject: Subject
    public var counts: [(count: Count, bound: Bound)] = []
    /// Reasons by the types of the conditions of a Deployment or a Job.
    public var conditions: Labels = [:]

    public init(_ subject: Subject) { self.subject = subject }

    public static func == (a: Self, b: Self) -> Bool {
      a.subject == b.subject && a.conditions == b.conditions
        && a.counts.elementsEqual(b.counts) { $0.count == $1.count && $0.bound == $1.bound }
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(subject)
      hasher.combine(conditions)
      for each in counts {
        hasher.combine(each.count)
        hasher.combine(each.bound)
      }
    }
  }
}

extension Checks {
  static func atEnd(_ state: Expectation.EndState, _ trace: RunTrace) -> Finding {
    let pods = PodsAtEnd(trace, state.subject)
    let name: String
    switch state.subject {
    case .workload(let key): name = key.description
    case .node(let node): name = "node/\(node)"
    }
    var (found, wrong): ([String], [String]) = ([], [])
    for (count, bound) in state.counts {
      let value = count == .updated ? updated(state.subject, trace) : pods.counts[count] ?? 0
      found.append("\(value) \(count.rawValue)")
      if !bound.holds(value) {
        wrong.append("\(value) \(count.rawValue), expected \(bound.words)")
      }
    }
    for (type, reason) in state.conditions {
      let present = condition(type, of: state.subject, trace) ?? "none"
      found.append("\(type) \(present)")
      if present != reason { wrong.append("\(type) \(present), expected \(reason)") }
    }
    return Finding(
      "atEnd", wrong.isEmpty ? .met : .broken,
      "\(name): \((wrong.isEmpty ? found : wrong).joined(separator: "; "))")
  }

  private static func updated(_ subject: Expectation.EndState.Subject, _ trace: RunTrace) -> Int {
    guard case .workload(let key) = subject else { return 0 }
    for object in trace.objects where object.key == key {
      switch object {
      case .deployment(let it): return it.status.updatedReplicas
      case .statefulSet(let it): return it.status.updatedReplicas
      case .daemonSet(let it): return it.status.updatedNumberScheduled
      default: return 0
      }
    }
    return 0
  }

  private static func condition(
    _ type: String, of subject: Expectation.EndState.Subject, _ trace: RunTrace
  ) -> String? {
    guard case .workload(let key) = subject else { return nil }
    var conditions: [Condition] = []
    for object in trace.objects where object.key == key {
      switch object {
      case .deployment(let it): conditions = it.status.conditions
      case .job(let it): conditions = it.status.conditions
      default: break
      }
    }
    return conditions.first { $0.type == type }?.reason
  }
}

/// Counts of a workload's or a node's pods when the run ends.
private struct PodsAtEnd {
  var counts: [Expectation.EndState.Count: Int] = [:]

  private struct Pod {
    var node: Int?
    var isReady = false
    var isTerminating = false
    var isGone = true
    var refusals = 0
    var preemptions = 0
  }

  init(_ trace: RunTrace, _ subject: Expectation.EndState.Subject) {
    var pods = [Pod](repeating: Pod(), count: trace.pods.count)
    for entry in trace.timeline {
      switch entry.happening {
      case .podCreated(let pod): pods[pod.index].isGone = false
      case .podBound(let pod, let node): pods[pod.index].node = node.index
      case .podReady(let pod): pods[pod.index].isReady = true
      case .podUnready(let pod): pods[pod.index].isReady = false
      case .podTerminating(let pod): pods[pod.index].isTerminating = true
      case .podGone(let pod): pods[pod.index].isGone = true
      case .podEvicted(let pod, .some): pods[pod.index].refusals += 1
      case .podPreempted(let pod, _): pods[pod.index].preemptions = 1
      default: break
      }
    }
    for (index, pod) in pods.enumerated() {
      switch subject {
      case .workload(let key): if trace.pods[index].workload != key { continue }
      case .node(let name):
        guard let node = pod.node, trace.nodes[node] == name else { continue }
      }
      counts[.refusedEvictions, default: 0] += pod.refusals
      counts[.preempted, default: 0] += pod.preemptions
      if pod.isGone { continue }
      if pod.isTerminating {
        counts[.terminating, default: 0] += 1
        continue
      }
      counts[.pods, default: 0] += 1
      if pod.isReady { counts[.ready, default: 0] += 1 }
      if pod.node == nil { counts[.pending, default: 0] += 1 }
    }
  }
}
