import ClusterAPI

// How the cache follows the nodes.

extension SchedulerCache {
  /// Adds a node under a dense index chosen by the caller, or replaces what is known of it.
  ///
  /// Pods placed on it stay.
  public mutating func setNode(_ index: Int, _ node: SchedulingNode) {
    growNodes(to: index + 1)
    let old = nodes[index]
    if old == node { return }
    if let old {
      if old.zoneKey != node.zoneKey {
        order.remove(Int32(index), zone: old.zoneKey)
        order.add(Int32(index), zone: node.zoneKey)
      }
    } else {
      order.add(Int32(index), zone: node.zoneKey)
    }
    setAllocatable(node.allocatable, of: index)
    nodes[index] = node
    if old?.labels != node.labels || old?.taints != node.taints || old?.name != node.name {
      moveInCounters(index)
    }
    changedNodes.append(Int32(index))
  }

  /// Forgets a node. Pods still counted on it must be removed one by one, as their deletion is seen.
  public mutating func removeNode(_ index: Int) {
    guard index < nodes.count, let old = nodes[index] else { return }
    order.remove(Int32(index), zone: old.zoneKey)
    nodes[index] = nil
    moveInCounters(index)
    changedNodes.append(Int32(index))
  }

  private mutating func growNodes(to count: Int) {
    while nodes.count < count {
      let index = nodes.count
      nodes.append(nil)
      usage.append(Usage())
      otherAllocatable.append([])
      otherRequested.append([])
      hostPorts.append([])
      placed.append([])
      for topology in topologies.indices { topologies[topology].setValue(nil, of: index) }
      for counter in counters.indices { counters[counter].setDomain(-1, of: index) }
    }
  }

  private mutating func setAllocatable(_ allocatable: ResourceList, of index: Int) {
    usage[index].allocatableMilliCPU = allocatable["cpu"]?.milliValue ?? 0
    usage[index].allocatableMemory = allocatable["memory"]?.value ?? 0
    usage[index].allowedPods = allocatable["pods"]?.value ?? 0
    var others: [Int64] = []
    for (name, amount) in allocatable where name != "cpu" && name != "memory" && name != "pods" {
      let at = resourceIndex(name) - 2
      while others.count <= at { others.append(0) }
      others[at] = amount.value
    }
    otherAllocatable[index] = others
  }

  /// Takes a node's pods out of all counters, learns its new labels, puts them back.
  private mutating func moveInCounters(_ index: Int) {
    for counter in counters.indices { count(counter, node: index, sign: -1) }
    for topology in topologies.indices {
      topologies[topology].setValue(nodes[index]?.labels[topologies[topology].key], of: index)
    }
    for counter in counters.indices {
      enter(counter, node: index)
      count(counter, node: index, sign: 1)
    }
  }

  private mutating func count(_ counter: Int, node: Int, sign: Int64) {
    for each in placed[node] where counters[counter].matches[Int(each.group)] {
      let terminating = counters[counter].key.countsTerminating ? each.terminating : 0
      counters[counter].add(sign * Int64(each.count + terminating), on: node)
    }
  }

  /// Tells a counter in which of its domains a node is.
  private mutating func enter(_ counter: Int, node index: Int) {
    let key = counters[counter].key
    var domain = topologies[key.topology].domainOfNode[index]
    if domain >= 0 {
      let lacksLabel = key.eligibility.topologies.contains {
        topologies[$0].domainOfNode[index] < 0
      }
      if lacksLabel || !(nodes[index].map(key.eligibility.holds) ?? false) { domain = -1 }
    }
    counters[counter].setDomain(domain, of: index)
  }

  /// The counter for a key, made and filled when it is new.
  mutating func counter(_ key: PodCounter.Key) -> Int {
    if let known = counterIndex[key] { return known }
    let index = counters.count
    counterIndex[key] = index
    var counter = PodCounter(key: key)
    var hasPods = false
    for (group, each) in groups.enumerated() where counter.addGroup(each) {
      countersOfGroup[group].append(index)
      if groupTotals[group] > 0 { hasPods = true }
    }
    let place = PodCounter.Place(key)
    let alike = counterOnNodes[place]
    if let alike { counter.takeNodes(of: counters[alike]) }
    counters.append(counter)
    if alike == nil {
      counterOnNodes[place] = index
      for node in nodes.indices { enter(index, node: node) }
    }
    if hasPods { for node in nodes.indices { count(index, node: node, sign: 1) } }
    return index
  }
}
