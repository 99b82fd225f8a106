import ClusterAPI

// Spreading of pods over domains (`podtopologyspread`).

extension SchedulerCache {
  /// Makes the counters of a template's constraints, its own or the built-in ones.
  mutating func prepareSpreading(_ template: inout SchedulerTemplate) {
    let pod = template.pod
    var hard: [(TopologySpreadConstraint, LabelSelector?)] = []
    var soft: [(TopologySpreadConstraint, LabelSelector?)] = []
    if pod.spreadConstraints.isEmpty {
      guard let selector = pod.defaultSpreadSelector,
        !selector.matchLabels.isEmpty || !selector.matchExpressions.isEmpty
      else { return }
      soft = SchedulerCache.builtInConstraints.map { ($0, selector) }
    } else {
      template.softNeedsAllKeys = true
      for constraint in pod.spreadConstraints {
        var selector = constraint.labelSelector
        for key in constraint.matchLabelKeys {
          guard let value = pod.labels[key] else { continue }
          selector?.matchExpressions.append(.init(key: key, op: .in, values: [value]))
        }
        switch constraint.whenUnsatisfiable {
        case .doNotSchedule: hard.append((constraint, selector))
        case .scheduleAnyway: soft.append((constraint, selector))
        }
      }
    }
    let hardKeys = hard.map { topologyIndex($0.0.topologyKey) }
    template.hard = zip(hard, hardKeys).map { each, topology in
      SchedulerTemplate.HardConstraint(
        counter: spreadCounter(pod, each.0, each.1, topology, keys: hardKeys), topology: topology,
        maxSkew: each.0.maxSkew, minDomains: each.0.minDomains ?? 1,
        isSelfMatching: each.1?.matches(pod.labels) ?? false)
    }
    let softKeys = soft.map { topologyIndex($0.0.topologyKey) }
    let neededKeys = template.softNeedsAllKeys ? softKeys : []
    template.soft = zip(soft, softKeys).map { each, topology in
      SchedulerTemplate.SoftConstraint(
        counter: spreadCounter(pod, each.0, each.1, topology, keys: neededKeys),
        topology: topology, maxSkew: each.0.maxSkew,
        isHostname: each.0.topologyKey == "kubernetes.io/hostname")
    }
  }

  /// The constraints of a pod without its own: at most mildly uneven, over nodes and over zones.
  private static let builtInConstraints = [
    TopologySpreadConstraint(
      maxSkew: 3, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: .scheduleAnyway,
      labelSelector: nil),
    TopologySpreadConstraint(
      maxSkew: 5, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: .scheduleAnyway,
      labelSelector: nil),
  ]

  private mutating func spreadCounter(
    _ pod: SchedulingPod, _ constraint: TopologySpreadConstraint, _ selector: LabelSelector?,
    _ topology: Int, keys: [Int]
  ) -> Int {
    var eligibility = PodCounter.Eligibility(topologies: keys)
    let affinity = RequiredNodeAffinity(pod)
    if constraint.nodeAffinityPolicy == .honor,
      !affinity.nodeSelector.isEmpty || affinity.terms != nil
    {
      eligibility.affinity = affinity
    }
    if constraint.nodeTaintsPolicy == .honor { eligibility.tolerations = pod.tolerations }
    return counter(
      PodCounter.Key(
        matcher: .selector(namespace: pod.namespace, selector), topology: topology,
        eligibility: eligibility, countsTerminating: false))
  }

  /// The smallest count per hard constraint; 0 while there are too few domains.
  func leastCounts(_ template: SchedulerTemplate) -> [Int64] {
    template.hard.map { constraint in
      let minimum = counters[constraint.counter].minimum
      return Int64(minimum.domains) < constraint.minDomains ? 0 : minimum.count
    }
  }

  /// Why a node would break a hard constraint.
  func spreadRejection(
    _ constraints: [SchedulerTemplate.HardConstraint], node: Int, leastCounts: [Int64]
  ) -> RejectionReason? {
    for (index, constraint) in constraints.enumerated() {
      let domain = topologies[constraint.topology].domainOfNode[node]
      if domain < 0 { return .spreadLabelMissing }
      let counts = counters[constraint.counter].counts
      let count = Int(domain) < counts.count ? counts[Int(domain)] : 0
      let skew = count + (constraint.isSelfMatching ? 1 : 0) - leastCounts[index]
      if skew > constraint.maxSkew { return .spreadSkew }
    }
    return nil
  }

  /// Normalized scores by the soft constraints; `nil`: the plugin is skipped.
  func spreadScores(_ template: SchedulerTemplate, _ feasible: [Int32]) -> [Int64]? {
    if template.soft.isEmpty { return nil }
    let isIgnored =
      template.softNeedsAllKeys
      ? feasible.map { node in
        template.soft.contains { topologies[$0.topology].domainOfNode[Int(node)] < 0 }
      } : []
    let ignored = isIgnored.count { $0 }
    var raw = [Double](repeating: 0, count: feasible.count)
    for constraint in template.soft {
      let domains = topologies[constraint.topology].domainOfNode
      let counts = counters[constraint.counter].counts
      let size =
        constraint.isHostname
        ? feasible.count - ignored
        : distinctDomains(constraint.topology, feasible, isIgnored)
      let weight = NaturalLogarithm.of(size + 2)
      for (index, node) in feasible.enumerated() {
        let domain = domains[Int(node)]
        if domain < 0 { continue }
        let count = Int(domain) < counts.count ? counts[Int(domain)] : 0
        raw[index] += Double(count) * weight + Double(constraint.maxSkew - 1)
      }
    }
    return SchedulerCache.normalizedSpread(raw, isIgnored)
  }

  private static func normalizedSpread(_ raw: [Double], _ isIgnored: [Bool]) -> [Int64] {
    var scores = raw.map { Int64($0.rounded()) }
    var least = Int64.max
    var most: Int64 = 0
    for (index, score) in scores.enumerated() where isIgnored.isEmpty || !isIgnored[index] {
      least = min(least, score)
      most = max(most, score)
    }
    for index in scores.indices {
      if !isIgnored.isEmpty, isIgnored[index] {
        scores[index] = 0
      } else {
        scores[index] = most == 0 ? 100 : 100 * (most + least - scores[index]) / most
      }
    }
    return scores
  }

  /// The number of values that the nodes have; lacking the label counts as one more value.
  private func distinctDomains(
    _ topology: Int, _ feasible: [Int32], _ isIgnored: [Bool]
  ) -> Int {
    var isSeen = [Bool](repeating: false, count: topologies[topology].domainCount + 1)
    var distinct = 0
    let domains = topologies[topology].domainOfNode
    for (index, node) in feasible.enumerated() where isIgnored.isEmpty || !isIgnored[index] {
      let domain = Int(domains[Int(node)] + 1)
      if !isSeen[domain] {
        isSeen[domain] = true
        distinct += 1
      }
    }
    return distinct
  }
}
