import ClusterAPI

// One scheduling cycle: filter, score, choose.

extension SchedulerCache {
  /// Finds the best nodes for the next pod of a template, and moves on the start of the search.
  ///
  /// The caller draws among `best`. With a single feasible node nothing is scored, as in Kubernetes.
  ///
  /// - Complexity: O(nodes looked at), plus O(domains) per hard spread constraint.
  public mutating func decide(_ template: Int) -> SchedulingDecision {
    follow(template)
    let (decision, lookedAt) = evaluate(
      template, wanted: options.feasibleNodesWanted(of: nodeCount), scoresSingle: false,
      explains: false)
    if nodeCount > 0 { nextStart = (nextStart + lookedAt) % nodeCount }
    return decision
  }

  /// Looks at all nodes and says how each plugin scored; leaves the start of the search alone.
  ///
  /// - Parameter scoresSingle: score also when there is nothing to choose.
  public mutating func explain(_ template: Int, scoresSingle: Bool = true) -> SchedulingDecision {
    follow(template)
    return evaluate(template, wanted: nodeCount, scoresSingle: scoresSingle, explains: true).0
  }

  private func evaluate(
    _ index: Int, wanted: Int, scoresSingle: Bool, explains: Bool
  ) -> (SchedulingDecision, lookedAt: Int) {
    let template = templates[index]
    var decision = SchedulingDecision()
    decision.nodeCount = nodeCount
    decision.resourceNames = resourceNames
    if let names = template.nodeNames, names.isEmpty {
      decision.preFilterMessage = "pod affinity terms conflict"
      return (decision, 0)
    }
    let lookedAt = filter(template, wanted: wanted, into: &decision)
    if decision.feasible.count > 1 || (scoresSingle && !decision.feasible.isEmpty) {
      score(template, explains: explains, into: &decision)
    } else {
      decision.best = decision.feasible
    }
    return (decision, lookedAt)
  }

  private func filter(
    _ template: SchedulerTemplate, wanted: Int, into decision: inout SchedulingDecision
  ) -> Int {
    let leastCounts = leastCounts(template)
    let hasAffinity =
      !template.requiredAffinity.isEmpty || !template.requiredAntiAffinity.isEmpty
      || !template.existingAntiAffinity.isEmpty
    let verdicts = verdicts[template.verdicts].verdicts
    let all = order.nodes
    var lookedAt = 0
    var at = all.isEmpty ? 0 : nextStart % all.count
    for _ in 0..<all.count {
      let node = all[at]
      at += 1
      if at == all.count { at = 0 }
      let verdict = verdicts[Int(node)]
      if verdict != 0, let reason = RejectionReason(rawValue: verdict) {
        decision.rejections.append(NodeRejection(node: node, reason: reason))
        if reason != .notNamedByAffinity { lookedAt += 1 }
        continue
      }
      lookedAt += 1
      if let rejection = resourceRejection(template, node: node) {
        decision.rejections.append(rejection)
        continue
      }
      if template.pod.volumeZone != nil, !isInZoneOfVolumes(template, node) {
        decision.rejections.append(NodeRejection(node: node, reason: .volumeZone))
        continue
      }
      if !template.hard.isEmpty,
        let reason = spreadRejection(template.hard, node: Int(node), leastCounts: leastCounts)
      {
        decision.rejections.append(NodeRejection(node: node, reason: reason))
        continue
      }
      if hasAffinity, let reason = affinityRejection(template, node: Int(node)) {
        decision.rejections.append(NodeRejection(node: node, reason: reason))
        continue
      }
      decision.feasible.append(node)
      if decision.feasible.count == wanted { break }
    }
    return lookedAt
  }

  /// Whether one node passes all filters for a template that `decide` has just been asked for.
  func fits(_ index: Int, on node: Int32) -> Bool {
    let template = templates[index]
    let verdict = verdicts[template.verdicts].verdicts[Int(node)]
    if verdict != 0 || resourceRejection(template, node: node) != nil {
      return false
    }
    if template.pod.volumeZone != nil, !isInZoneOfVolumes(template, node) { return false }
    if !template.hard.isEmpty {
      let reason = spreadRejection(
        template.hard, node: Int(node), leastCounts: leastCounts(template))
      if reason != nil { return false }
    }
    return affinityRejection(template, node: Int(node)) == nil
  }

  /// `VolumeBinding`, of volumes that have been made.
  private func isInZoneOfVolumes(_ template: SchedulerTemplate, _ node: Int32) -> Bool {
    nodes[Int(node)]?.labels["topology.kubernetes.io/zone"] == template.pod.volumeZone
  }

  /// `NodePorts` and `NodeResourcesFit`.
  @inline(__always)
  private func resourceRejection(_ template: SchedulerTemplate, node: Int32) -> NodeRejection? {
    let index = Int(node)
    if !template.pod.hostPorts.isEmpty,
      template.pod.hostPorts.contains(where: hostPorts[index].contains)
    {
      return NodeRejection(node: node, reason: .hostPorts)
    }
    let use = usage[index]
    var lacking: UInt64 = use.pods + 1 > use.allowedPods ? 1 : 0
    var isUnresolvable = false
    let milliCPU = template.pod.requests.milliCPU
    if milliCPU > 0, milliCPU > use.allocatableMilliCPU - use.requestedMilliCPU {
      lacking |= 2
      if milliCPU > use.allocatableMilliCPU { isUnresolvable = true }
    }
    let memory = template.pod.requests.memory
    if memory > 0, memory > use.allocatableMemory - use.requestedMemory {
      lacking |= 4
      if memory > use.allocatableMemory { isUnresolvable = true }
    }
    for each in template.others {
      let at = each.resource - 2
      let allocatable = at < otherAllocatable[index].count ? otherAllocatable[index][at] : 0
      let requested = at < otherRequested[index].count ? otherRequested[index][at] : 0
      if each.amount > allocatable - requested {
        lacking |= 2 << UInt64(min(each.resource, NodeRejection.resourcesMax))
        if each.amount > allocatable { isUnresolvable = true }
      }
    }
    if lacking == 0 { return nil }
    return NodeRejection(node: node, lacking: lacking, isUnresolvable: isUnresolvable)
  }
}
