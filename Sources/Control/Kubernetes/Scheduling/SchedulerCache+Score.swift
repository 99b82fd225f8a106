// The scores of the default profile, normalized and weighted.

extension SchedulerCache {
  func score(
    _ template: SchedulerTemplate, explains: Bool, into decision: inout SchedulingDecision
  ) {
    let feasible = decision.feasible
    var totals = [Int64](repeating: 0, count: feasible.count)
    var scores: [SchedulingDecision.PluginScores] = []
    func add(_ plugin: SchedulerPlugin, _ values: [Int64]?) {
      guard let values else { return }
      let weight = plugin.weight
      for index in values.indices { totals[index] += weight * values[index] }
      if explains { scores.append(.init(plugin: plugin, values: values.map { $0 * weight })) }
    }
    /// The same for every node: changes no order, so it is only added up.
    func addConstant(_ plugin: SchedulerPlugin, _ value: Int64) {
      for index in totals.indices { totals[index] += plugin.weight * value }
      if explains {
        scores.append(
          .init(
            plugin: plugin,
            values: [Int64](repeating: plugin.weight * value, count: feasible.count)))
      }
    }

    let said = verdicts[template.verdicts]
    if said.softTaints.isEmpty {
      addConstant(.taintToleration, 100)
    } else {
      add(.taintToleration, taintScores(said.softTaints, feasible))
    }
    if !said.preferences.isEmpty {
      let preferences = feasible.map { said.preferences[Int($0)] }
      let most = preferences.max() ?? 0
      add(.nodeAffinity, most == 0 ? preferences : preferences.map { 100 * $0 / most })
    }
    add(.nodeResourcesFit, fitScores(template, feasible))
    add(.podTopologySpread, spreadScores(template, feasible))
    add(.interPodAffinity, affinityScores(template, feasible))
    add(.nodeResourcesBalancedAllocation, balancedScores(template, feasible))
    if let values = imageScores(template, feasible) {
      add(.imageLocality, values)
    } else {
      addConstant(.imageLocality, 0)
    }

    decision.totals = totals
    decision.scores = scores
    let most = totals.max() ?? 0
    for (index, node) in feasible.enumerated() where totals[index] == most {
      decision.best.append(node)
    }
  }

  /// Fewer untolerated soft taints are better.
  private func taintScores(_ softTaints: [Int32], _ feasible: [Int32]) -> [Int64] {
    let counts = feasible.map { node in
      Int(node) < softTaints.count ? Int64(softTaints[Int(node)]) : 0
    }
    let most = counts.max() ?? 0
    return counts.map { most == 0 ? 100 : 100 - 100 * $0 / most }
  }

  private func fitScores(_ template: SchedulerTemplate, _ feasible: [Int32]) -> [Int64] {
    let requests = template.pod.requests
    if options.scoringStrategy.kind == .leastAllocated, scoredResources.count == 2,
      scoredResources[0].resource == 0, scoredResources[1].resource == 1
    {
      let (cpuWeight, memoryWeight) = (scoredResources[0].weight, scoredResources[1].weight)
      return feasible.map { node in
        let use = usage[Int(node)]
        var sum: Int64 = 0
        var weights: Int64 = 0
        if use.allocatableMilliCPU != 0 {
          sum +=
            cpuWeight
            * ResourceScoring.least(
              use.nonZeroMilliCPU + requests.nonZeroMilliCPU, use.allocatableMilliCPU)
          weights += cpuWeight
        }
        if use.allocatableMemory != 0 {
          sum +=
            memoryWeight
            * ResourceScoring.least(
              use.nonZeroMemory + requests.nonZeroMemory, use.allocatableMemory)
          weights += memoryWeight
        }
        return weights == 0 ? 0 : sum / weights
      }
    }
    var uses: [ResourceUse] = []
    return feasible.map { node in
      gather(&uses, template, Int(node), scoredResources, nonZero: true)
      return ResourceScoring.score(uses, kind: options.scoringStrategy.kind)
    }
  }

  /// `nil` for a pod that requests nothing: skipped, lest such pods pile up on one node.
  private func balancedScores(_ template: SchedulerTemplate, _ feasible: [Int32]) -> [Int64]? {
    let requestsNothing = balancedResources.allSatisfy { amount(template, $0.resource, false) == 0 }
    if requestsNothing { return nil }
    if balancedResources.count == 2, balancedResources[0].resource == 0,
      balancedResources[1].resource == 1
    {
      let requests = template.pod.requests
      return feasible.map { node in
        let use = usage[Int(node)]
        return ResourceScoring.balanced(
          ResourceUse(
            requested: use.requestedMilliCPU + requests.milliCPU,
            allocated: use.requestedMilliCPU, allocatable: use.allocatableMilliCPU, weight: 1),
          ResourceUse(
            requested: use.requestedMemory + requests.memory, allocated: use.requestedMemory,
            allocatable: use.allocatableMemory, weight: 1))
      }
    }
    var uses: [ResourceUse] = []
    return feasible.map { node in
      gather(&uses, template, Int(node), balancedResources, nonZero: false)
      return ResourceScoring.balanced(uses)
    }
  }

  /// What a pod of the template requests of one resource.
  private func amount(_ template: SchedulerTemplate, _ resource: Int, _ nonZero: Bool) -> Int64 {
    let requests = template.pod.requests
    switch resource {
    case 0: return nonZero ? requests.nonZeroMilliCPU : requests.milliCPU
    case 1: return nonZero ? requests.nonZeroMemory : requests.memory
    default: return template.others.first { $0.resource == resource }?.amount ?? 0
    }
  }

  private func gather(
    _ uses: inout [ResourceUse], _ template: SchedulerTemplate, _ node: Int,
    _ resources: [ScoredResource], nonZero: Bool
  ) {
    uses.removeAll(keepingCapacity: true)
    let use = usage[node]
    for each in resources {
      let requested = amount(template, each.resource, nonZero)
      var allocatable: Int64 = 0
      var allocated: Int64 = 0
      switch each.resource {
      case 0:
        allocatable = use.allocatableMilliCPU
        allocated = nonZero ? use.nonZeroMilliCPU : use.requestedMilliCPU
      case 1:
        allocatable = use.allocatableMemory
        allocated = nonZero ? use.nonZeroMemory : use.requestedMemory
      default:
        // A resource that the pod does not ask for says nothing about the node; storage does.
        if requested == 0, resourceNames[each.resource] != "ephemeral-storage" { break }
        let at = each.resource - 2
        if at < otherAllocatable[node].count { allocatable = otherAllocatable[node][at] }
        if at < otherRequested[node].count { allocated = otherRequested[node][at] }
      }
      uses.append(
        ResourceUse(
          requested: allocated + requested, allocated: allocated, allocatable: allocatable,
          weight: each.weight))
    }
  }
}
