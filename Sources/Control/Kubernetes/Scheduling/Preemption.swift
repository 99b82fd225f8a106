public import Units

/// A pod on a node, as preemption looks at it.
public struct PlacedPod: Hashable, Sendable {
  public var id: PodID
  /// The cache's template.
  public var template: Int
  public var node: Int32
  public var priority: Int32
  /// When its kubelet took it up (`status.startTime`).
  public var start: Timestamp
  public var isTerminating: Bool
  /// By place in the list of budgets: those that choose it and do not count it as disrupted yet.
  public var budgets: [Int]

  public init(
    id: PodID, template: Int, node: Int32, priority: Int32, start: Timestamp,
    isTerminating: Bool = false, budgets: [Int] = []
  ) {
    self.id = id
    self.template = template
    self.node = node
    self.priority = priority
    self.start = start
    self.isTerminating = isTerminating
    self.budgets = budgets
  }

  /// `util.MoreImportantPod`: by priority, then the one that has run longer.
  static func isMoreImportant(_ a: PlacedPod, _ b: PlacedPod) -> Bool {
    if a.priority != b.priority { return a.priority > b.priority }
    if a.start != b.start { return a.start < b.start }
    return a.id < b.id
  }
}

/// A node on which a pod fits once these victims are gone.
public struct PreemptionCandidate: Hashable, Sendable {
  public var node: Int32
  /// The most important ones first.
  public var victims: [PlacedPod]
  /// Victims whose eviction breaks a disruption budget.
  public var violations: Int
}

/// How a pod of higher priority makes room for itself (plugin DefaultPreemption of kube-scheduler 1.36).
extension SchedulerCache {
  /// The node and the pods that have to go; nil: removing pods of lower priority helps nowhere.
  ///
  /// - Parameters:
  ///   - decision: why no node took the pod; nodes where no removal can help are not looked at.
  ///   - pods: those that are placed, of any priority.
  ///   - allowed: disruptions that each budget still allows.
  ///   - tie: takes one of several equally good nodes, 0 ..< 1.
  public mutating func preemption(
    for template: Int, priority: Int32, decision: SchedulingDecision, pods: [PlacedPod],
    allowed: [Int64], tie: Double
  ) -> PreemptionCandidate? {
    guard decision.preFilterMessage == nil else { return nil }
    var lower: [Int32: [PlacedPod]] = [:]
    for pod in pods where pod.priority < priority { lower[pod.node, default: []].append(pod) }
    var candidates: [PreemptionCandidate] = []
    for rejection in decision.rejections where !rejection.isUnresolvable {
      guard let potential = lower[rejection.node] else { continue }
      let found = victims(
        for: template, on: rejection.node,
        among: potential.sorted(by: PlacedPod.isMoreImportant), allowed: allowed)
      if let found { candidates.append(found) }
    }
    return SchedulerCache.best(candidates, tie: tie)
  }

  /// `SelectVictimsOnNode`: all of lower priority go, and come back one by one, the most important
  /// first, as long as the pod still fits; those that a budget protects have precedence.
  private mutating func victims(
    for template: Int, on node: Int32, among potential: [PlacedPod], allowed: [Int64]
  ) -> PreemptionCandidate? {
    for pod in potential {
      remove(pod.template, from: Int(node), isTerminating: pod.isTerminating)
    }
    var result = PreemptionCandidate(node: node, victims: [], violations: 0)
    var back = Set<PodID>()
    let isHelpful = fits(template, on: node)
    if isHelpful {
      let (violating, others) = SchedulerCache.split(potential, allowed: allowed)
      for (list, isViolating) in [(violating, true), (others, false)] {
        for pod in list {
          putBack(pod)
          if fits(template, on: node) {
            back.insert(pod.id)
            continue
          }
          remove(pod.template, from: Int(node), isTerminating: pod.isTerminating)
          result.victims.append(pod)
          if isViolating { result.violations += 1 }
        }
      }
    }
    for pod in potential where !back.contains(pod.id) { putBack(pod) }
    guard isHelpful, !result.victims.isEmpty else { return nil }
    result.victims.sort(by: PlacedPod.isMoreImportant)
    return result
  }

  private mutating func putBack(_ pod: PlacedPod) {
    place(pod.template, on: Int(pod.node))
    if pod.isTerminating { markTerminating(pod.template, on: Int(pod.node)) }
  }

  /// Pods whose eviction breaks a budget, given what each still allows, and the others
  /// (`filterPodsWithPDBViolation`).
  static func split(
    _ pods: [PlacedPod], allowed: [Int64]
  ) -> (violating: [PlacedPod], others: [PlacedPod]) {
    var left = allowed
    var (violating, others): ([PlacedPod], [PlacedPod]) = ([], [])
    for pod in pods {
      var violates = false
      for budget in pod.budgets {
        left[budget] -= 1
        if left[budget] < 0 { violates = true }
      }
      if violates { violating.append(pod) } else { others.append(pod) }
    }
    return (violating, others)
  }

  /// `pickOneNodeForPreemption`: fewest broken budgets, then the lowest highest priority, the lowest sum
  /// of priorities, the fewest victims, and of the highest victims the one that started last.
  static func best(_ candidates: [PreemptionCandidate], tie: Double) -> PreemptionCandidate? {
    var left = candidates
    keepLeast(&left) { Int64($0.violations) }
    keepLeast(&left) { Int64($0.victims.first?.priority ?? .min) }
    keepLeast(&left) {
      // Shifted, so that many victims of negative priority do not count as less.
      $0.victims.reduce(0) { $0 + Int64($1.priority) + Int64(Int32.max) + 1 }
    }
    keepLeast(&left) { Int64($0.victims.count) }
    keepLeast(&left) { candidate in
      let highest = candidate.victims.first?.priority
      let starts = candidate.victims.filter { $0.priority == highest }.map(\.start.seconds)
      return -(starts.min() ?? 0)
    }
    if left.isEmpty { return nil }
    return left[min(left.count - 1, Int(tie * Double(left.count)))]
  }

  private static func keepLeast(
    _ candidates: inout [PreemptionCandidate], _ value: (PreemptionCandidate) -> Int64
  ) {
    guard let least = candidates.map(value).min() else { return }
    candidates.removeAll { value($0) > least }
  }
}
