import ClusterAPI

// Affinity between pods (`interpodaffinity`).

extension SchedulerCache {
  /// Makes the counters of a template's own terms.
  mutating func prepareAffinity(_ template: inout SchedulerTemplate) {
    let group = groups[template.group]
    template.matchesOwnAffinity = group.requiredAffinity.allSatisfy { $0.matches(group) }
    for term in group.requiredAffinity {
      template.requiredAffinity.append(nearby(.terms(group.requiredAffinity), term.topologyKey))
    }
    for term in group.requiredAntiAffinity {
      template.requiredAntiAffinity.append(nearby(.terms([term]), term.topologyKey))
    }
    for preferred in group.preferred {
      let term = nearby(.terms([preferred.term]), preferred.term.topologyKey)
      template.nearbyScores.append(
        .init(counter: term.counter, topology: term.topology, weight: preferred.weight))
    }
  }

  /// Looks at the terms of groups that appeared since the template's last cycle.
  mutating func followGroups(_ index: Int) {
    guard templates[index].seenGroups < groupsWithAffinity.count else { return }
    let own = groups[templates[index].group]
    while templates[index].seenGroups < groupsWithAffinity.count {
      let at = groupsWithAffinity[templates[index].seenGroups]
      templates[index].seenGroups += 1
      let group = groups[at]
      for term in group.requiredAntiAffinity where term.matches(own) {
        let near = nearby(.group(at), term.topologyKey)
        templates[index].existingAntiAffinity.append(near)
      }
      var weighted = group.preferred
      if options.hardPodAffinityWeight > 0 {
        weighted += group.requiredAffinity.map {
          .init(term: $0, weight: options.hardPodAffinityWeight)
        }
      }
      for each in weighted where each.term.matches(own) {
        let near = nearby(.group(at), each.term.topologyKey)
        templates[index].nearbyScores.append(
          .init(counter: near.counter, topology: near.topology, weight: each.weight))
      }
    }
  }

  private mutating func nearby(
    _ matcher: PodCounter.Matcher, _ topologyKey: String
  ) -> SchedulerTemplate.NearbyTerm {
    let topology = topologyIndex(topologyKey)
    let key = PodCounter.Key(
      matcher: matcher, topology: topology, eligibility: .init(), countsTerminating: true)
    return SchedulerTemplate.NearbyTerm(counter: counter(key), topology: topology)
  }

  /// The number of counted pods in a node's domain; `nil`: the node lacks the label.
  @inline(__always)
  private func count(_ counter: Int, near node: Int) -> Int64? {
    let domain = counters[counter].domainOfNode[node]
    return domain < 0 ? nil : counters[counter].counts[Int(domain)]
  }

  /// Why a node would break the pod's terms, or those of a pod already placed.
  func affinityRejection(_ template: SchedulerTemplate, node: Int) -> RejectionReason? {
    if !template.requiredAffinity.isEmpty {
      var allNear = true
      for term in template.requiredAffinity {
        guard let count = count(term.counter, near: node) else { return .podAffinity }
        if count <= 0 { allNear = false }
      }
      // The first of pods that want to be near each other finds nobody: it may go anywhere.
      let nobody = template.requiredAffinity.allSatisfy { counters[$0.counter].total == 0 }
      if !allNear, !(nobody && template.matchesOwnAffinity) { return .podAffinity }
    }
    for term in template.requiredAntiAffinity {
      if let count = count(term.counter, near: node), count > 0 { return .podAntiAffinity }
    }
    for term in template.existingAntiAffinity {
      if let count = count(term.counter, near: node), count > 0 {
        return .existingPodsAntiAffinity
      }
    }
    return nil
  }

  /// Normalized scores by what is near the nodes; `nil`: nothing counts anywhere, skipped.
  func affinityScores(_ template: SchedulerTemplate, _ feasible: [Int32]) -> [Int64]? {
    let terms = template.nearbyScores.filter { counters[$0.counter].total > 0 }
    if terms.isEmpty { return nil }
    var scores = [Int64](repeating: 0, count: feasible.count)
    for term in terms {
      for (index, node) in feasible.enumerated() {
        scores[index] += term.weight * (count(term.counter, near: Int(node)) ?? 0)
      }
    }
    let least = scores.min() ?? 0
    let range = (scores.max() ?? 0) - least
    return scores.map {
      range > 0 ? Int64(100 * (Double($0 - least) / Double(range))) : 0
    }
  }
}
