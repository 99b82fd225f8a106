import ClusterAPI

// How the cache follows the pods.

extension SchedulerCache {
  /// Registers a kind of pod; pods of one template and namespace share it.
  public mutating func addTemplate(_ pod: SchedulingPod) -> Int {
    let group = intern(PodGroup(pod))
    var template = SchedulerTemplate(
      pod, group: group, verdicts: intern(NodeVerdicts.Wishes(pod)))
    template.others = pod.requests.others.compactMap { name, amount in
      amount == 0 ? nil : .init(resource: resourceIndex(name), amount: amount)
    }
    template.images = pod.images.map { images.index($0) }
    prepareSpreading(&template)
    prepareAffinity(&template)
    templates.append(template)
    return templates.count - 1
  }

  private mutating func intern(_ group: PodGroup) -> Int {
    if let known = groupIndex[group] { return known }
    let index = groups.count
    groups.append(group)
    groupIndex[group] = index
    countersOfGroup.append([])
    groupTotals.append(0)
    if group.hasAffinity { groupsWithAffinity.append(index) }
    for counter in counters.indices where counters[counter].addGroup(group) {
      countersOfGroup[index].append(counter)
    }
    return index
  }

  private mutating func intern(_ wishes: NodeVerdicts.Wishes) -> Int {
    if let known = verdictsIndex[wishes] { return known }
    verdictsIndex[wishes] = verdicts.count
    verdicts.append(NodeVerdicts(wishes))
    return verdicts.count - 1
  }

  /// A pod runs, or is assumed to run, on a node.
  public mutating func place(_ template: Int, on node: Int) {
    request(template, on: node, sign: 1)
    change(templates[template].group, on: node, running: 1, terminating: 0)
  }

  /// A pod on a node is being deleted: it still holds its resources, but no longer counts for spread.
  public mutating func markTerminating(_ template: Int, on node: Int) {
    change(templates[template].group, on: node, running: -1, terminating: 1)
  }

  /// A pod is gone from a node.
  public mutating func remove(_ template: Int, from node: Int, isTerminating: Bool) {
    request(template, on: node, sign: -1)
    change(
      templates[template].group, on: node, running: isTerminating ? 0 : -1,
      terminating: isTerminating ? -1 : 0)
  }

  private mutating func request(_ index: Int, on node: Int, sign: Int64) {
    let requests = templates[index].pod.requests
    usage[node].requestedMilliCPU += sign * requests.milliCPU
    usage[node].requestedMemory += sign * requests.memory
    usage[node].nonZeroMilliCPU += sign * requests.nonZeroMilliCPU
    usage[node].nonZeroMemory += sign * requests.nonZeroMemory
    usage[node].pods += sign
    for each in templates[index].others {
      let at = each.resource - 2
      while otherRequested[node].count <= at { otherRequested[node].append(0) }
      otherRequested[node][at] += sign * each.amount
    }
    for port in templates[index].pod.hostPorts {
      if sign > 0 {
        hostPorts[node].append(port)
      } else if let at = hostPorts[node].firstIndex(of: port) {
        hostPorts[node].remove(at: at)
      }
    }
  }

  private mutating func change(_ group: Int, on node: Int, running: Int32, terminating: Int32) {
    let at: Int
    if let known = placed[node].firstIndex(where: { $0.group == Int32(group) }) {
      at = known
    } else {
      at = placed[node].count
      placed[node].append(GroupCount(group: Int32(group), count: 0, terminating: 0))
    }
    placed[node][at].count += running
    placed[node][at].terminating += terminating
    groupTotals[group] += running + terminating
    let left = placed[node][at]
    precondition(left.count >= 0 && left.terminating >= 0, "removed a pod that was not placed")
    if left.count == 0, left.terminating == 0 { placed[node].remove(at: at) }
    for counter in countersOfGroup[group] {
      let all = counters[counter].key.countsTerminating ? running + terminating : running
      if all != 0 { counters[counter].add(Int64(all), on: node) }
    }
  }
}
