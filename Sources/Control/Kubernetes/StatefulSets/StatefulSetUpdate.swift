public import Units

/// What a StatefulSet's controller does next to its pods
/// (`defaultStatefulSetControl.updateStatefulSet`, Kubernetes 1.36).
public struct StatefulSetUpdate: Sendable {
  public enum Action: Hashable, Sendable {
    case create(ordinal: Int, revision: String)
    case delete(PodID)
  }

  public struct Plan: Hashable, Sendable {
    /// Missing and ended pods, then surplus ones: each group side by side, the next when all of it was
    /// written.
    public var groups: [[Action]] = []
    /// Old pods, deleted one after another once the groups are done.
    public var replaced: [PodID] = []

    public init() {}
  }

  public var replicas: Int
  /// The ordinal of the first one.
  public var start = 0
  /// Of all ordinals, also those that there should not be.
  public var pods: [StatefulSetPod]
  public var currentRevision: String
  public var updateRevision: String
  /// Parallel instead of OrderedReady.
  public var isParallel = false
  public var isOnDelete = false
  public var partition = 0
  /// nil where the feature MaxUnavailableStatefulSet is off.
  public var maxUnavailable: Int?

  public init(
    replicas: Int, pods: [StatefulSetPod], currentRevision: String, updateRevision: String
  ) {
    self.replicas = replicas
    self.pods = pods
    self.currentRevision = currentRevision
    self.updateRevision = updateRevision
  }

  public func plan() -> Plan {
    var replicas = [StatefulSetPod?](repeating: nil, count: self.replicas)
    var condemned: [StatefulSetPod] = []
    for pod in pods {
      if replicas.indices.contains(pod.ordinal - start) {
        replicas[pod.ordinal - start] = pod
      } else {
        condemned.append(pod)
      }
    }
    condemned.sort { $0.ordinal > $1.ordinal }
    var plan = Plan()
    let waits =
      isParallel
      ? everything(replicas, condemned, &plan) : oneStep(replicas, condemned, &plan)
    if !waits, !isOnDelete { plan.replaced = replaced(replicas) }
    return plan
  }

  /// Parallel: whatever is missing is made, whatever is surplus goes; then pods may be replaced.
  private func everything(
    _ replicas: [StatefulSetPod?], _ condemned: [StatefulSetPod], _ plan: inout Plan
  ) -> Bool {
    for range in StatefulSetUpdate.batches(of: replicas.count) {
      plan.groups.append(range.compactMap { missing(replicas[$0], at: $0) })
    }
    for range in StatefulSetUpdate.batches(of: condemned.count) {
      plan.groups.append(
        range.filter { !condemned[$0].isTerminating }.map { .delete(condemned[$0].id) })
    }
    plan.groups.removeAll { $0.isEmpty }
    return false
  }

  /// OrderedReady: one step, and none past a pod that is not available, whatever its revision.
  ///
  /// - Returns: whether that step, or something to wait for, comes before any replacement.
  private func oneStep(
    _ replicas: [StatefulSetPod?], _ condemned: [StatefulSetPod], _ plan: inout Plan
  ) -> Bool {
    for (index, pod) in replicas.enumerated() {
      if let action = missing(pod, at: index) { plan.groups = [[action]] }
      guard let pod, !pod.hasEnded, !pod.isUnavailable else { return true }
    }
    guard let first = condemned.first else { return false }
    // Of several surplus pods the highest goes first; an unready one waits for it unless it is the
    // lowest unavailable one.
    let lowest = condemned.last { $0.isUnavailable }
    if !first.isTerminating, first.isAvailable || first.id == lowest?.id {
      plan.groups = [[.delete(first.id)]]
    }
    return true
  }

  /// What makes good a replica that is not there, or has ended.
  private func missing(_ pod: StatefulSetPod?, at index: Int) -> Action? {
    guard let pod else {
      return .create(
        ordinal: start + index,
        revision: !isOnDelete && index < partition ? currentRevision : updateRevision)
    }
    return pod.hasEnded && !pod.isTerminating ? .delete(pod.id) : nil
  }

  private func replaced(_ replicas: [StatefulSetPod?]) -> [PodID] {
    if let maxUnavailable { return replaced(replicas, maxUnavailable) }
    for index in replicas.indices.reversed() where index >= partition {
      // One that was only now asked for is not available.
      guard let pod = replicas[index] else { return [] }
      if pod.revision != updateRevision, !pod.isTerminating { return [pod.id] }
      if pod.isUnavailable { return [] }
    }
    return []
  }

  /// `updateStatefulSetAfterInvariantEstablished`
  private func replaced(_ replicas: [StatefulSetPod?], _ maxUnavailable: Int) -> [PodID] {
    let room = maxUnavailable - replicas.count { $0?.isUnavailable ?? true }
    guard room > 0 else { return [] }
    let old = replicas.indices.reversed().lazy.filter { $0 >= partition }
      .compactMap { replicas[$0] }
      .filter { $0.revision != updateRevision && !$0.isTerminating }
    return old.prefix(room).map(\.id)
  }

  /// 1, 2, 4, ... up to 500 at a time (`slowStartBatch`).
  static func batches(of count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var (start, size) = (0, 1)
    while start < count {
      let end = min(count, start + min(size, 500))
      ranges.append(start..<end)
      (start, size) = (end, size * 2)
    }
    return ranges
  }
}
