import ClusterAPI

/// What the pods of each autoscaler's target are selected by, and which autoscalers select given pods.
///
/// It is made anew where a workload or an autoscaler has come, gone or changed what it selects by,
/// which their many writes of status do not.
struct AutoscalerIndex: Sendable {
  /// Whether the informers have seen something since that it does not know.
  private(set) var isStale = true
  /// By autoscaler; nil: its target is not there.
  private(set) var selectors: [LabelSelector?] = []
  /// Autoscalers by one of the labels that their selectors ask for.
  private var byLabel: [LabelPlace: [Int]] = [:]
  /// Those whose selectors ask for no label by its value.
  private var byNamespace: [String: [Int]] = [:]

  mutating func see(_ before: Deployment?, _ after: Deployment?) {
    if before?.spec.selector != after?.spec.selector { isStale = true }
  }

  mutating func see(_ before: StatefulSet?, _ after: StatefulSet?) {
    if before?.selector != after?.selector { isStale = true }
  }

  mutating func see(_ before: HorizontalPodAutoscaler?, _ after: HorizontalPodAutoscaler?) {
    if before?.target != after?.target { isStale = true }
  }

  init() {}

  init(
    of autoscalers: [HorizontalPodAutoscaler?], deployments: [Deployment?],
    statefulSets: [StatefulSet?]
  ) {
    isStale = false
    var targets: [ObjectKey: LabelSelector] = [:]
    // From the end: of several under one name the first is meant.
    for case let deployment? in deployments.reversed() {
      targets[ClusterObject.deployment(deployment).key] = deployment.spec.selector
    }
    for case let set? in statefulSets.reversed() {
      targets[ClusterObject.statefulSet(set).key] = set.selector
    }
    selectors = autoscalers.map { $0.flatMap { targets[$0.target] } }
    var counts: [LabelPlace: Int] = [:]
    for (index, selector) in selectors.enumerated() {
      for place in places(selector, autoscalers[index]) { counts[place, default: 0] += 1 }
    }
    for (index, selector) in selectors.enumerated() {
      guard selector != nil, let autoscaler = autoscalers[index] else { continue }
      // The rarest, the first of those.
      let places = places(selector, autoscaler)
      if let rarest = places.min(by: { counts[$0, default: 0] < counts[$1, default: 0] }) {
        byLabel[rarest, default: []].append(index)
      } else {
        byNamespace[autoscaler.meta.namespace, default: []].append(index)
      }
    }
  }

  private func places(
    _ selector: LabelSelector?, _ autoscaler: HorizontalPodAutoscaler?
  ) -> [LabelPlace] {
    guard let selector, let autoscaler else { return [] }
    return selector.matchLabels.map {
      LabelPlace(namespace: autoscaler.meta.namespace, key: $0.key, value: $0.value)
    }
  }

  /// Autoscalers whose targets select pods with these labels, in no order.
  func autoscalers(selecting labels: Labels, namespace: String) -> [Int] {
    var found = byNamespace[namespace] ?? []
    for (key, value) in labels {
      found += byLabel[LabelPlace(namespace: namespace, key: key, value: value)] ?? []
    }
    return found.filter { selectors[$0]?.matches(labels) == true }
  }
}
