import ClusterAPI
import Kernel
import Units

/// The scheduler's own view: what waits for a node, and its cursor.
struct SchedulerState: Sendable {
  var cursor = Cursor()
  var waiting: [PodID] = []
  var head = 0
  /// Pods for which no node fits, until something changes.
  var unschedulable: [PodID] = []
  var busy = false
  var bucket: TokenBucket?
}

extension World {
  mutating func schedulerWatchArrives() {
    switch scheduler.cursor.step(log, now: queue.now) {
    case .entry(let entry):
      guard case .pod(let id, let view) = entry.change else { break }
      if view.gone {
        if !view.node.isNone { nodes.release(view.node, templates[pods.templates[id.index].index]) }
        retryUnschedulable()
      } else if view.node.isNone, !view.terminating {
        scheduler.waiting.append(id)
      }
    case .expired:
      // Listed anew: every pod that has no node waits again.
      scheduler.cursor.skipToEnd(log, now: queue.now)
      scheduler.waiting = pods.views.indices.filter {
        pods.views[$0].node.isNone && !pods.views[$0].gone && !pods.views[$0].terminating
      }.map { PodID($0) }
      scheduler.head = 0
    case .nothing: break
    }
    wakeScheduler()
  }

  mutating func retryUnschedulable() {
    scheduler.waiting += scheduler.unschedulable
    scheduler.unschedulable = []
    wakeScheduler()
  }

  private mutating func wakeScheduler() {
    guard !scheduler.busy, scheduler.head < scheduler.waiting.count else { return }
    scheduler.busy = true
    push(.scheduleOne, 0, at: queue.now + options.latencies.schedulingCycle)
  }

  /// One scheduling cycle: a node that fits, least allocated first; ties are drawn.
  mutating func scheduleOne() {
    scheduler.busy = false
    guard scheduler.head < scheduler.waiting.count else { return }
    let pod = scheduler.waiting[scheduler.head]
    scheduler.head += 1
    let view = pods.views[pod.index]
    if !view.gone, !view.terminating, view.node.isNone { place(pod) }
    wakeScheduler()
  }

  private mutating func place(_ pod: PodID) {
    let row = templates[pods.templates[pod.index].index]
    var best: [NodeID] = []
    var bestScore = Int64.min
    var missing = (cpu: 0, memory: 0, pods: 0, away: 0)
    for (index, node) in nodes.rows.enumerated() {
      if !node.alive || node.spec.unschedulable { missing.away += 1; continue }
      if node.freePods < 1 { missing.pods += 1; continue }
      if node.freeCPU < row.cpu { missing.cpu += 1; continue }
      if node.freeMemory < row.memory { missing.memory += 1; continue }
      let score = leastAllocated(node, row)
      if score > bestScore { (best, bestScore) = ([], score) }
      if score == bestScore { best.append(NodeID(index)) }
    }
    guard !best.isEmpty else {
      scheduler.unschedulable.append(pod)
      let total = nodes.rows.count
      var parts: [String] = []
      if missing.cpu > 0 { parts.append("\(missing.cpu) Insufficient cpu") }
      if missing.memory > 0 { parts.append("\(missing.memory) Insufficient memory") }
      if missing.pods > 0 { parts.append("\(missing.pods) Too many pods") }
      if missing.away > 0 { parts.append("\(missing.away) node(s) were unschedulable") }
      note(
        .podUnschedulable(
          pod, message: "0/\(total) nodes are available: \(parts.joined(separator: ", "))."))
      return
    }
    let u = uniform(.tiedNodes, cause: podCause(pod))
    let node = best[min(best.count - 1, Int(u * Double(best.count)))]
    nodes.occupy(node, row)
    if case .refused = apply(.bindPod(pod, node)) { nodes.release(node, row) }
  }

  /// NodeResourcesFit with LeastAllocated, cpu and memory alike; a container that asks for nothing
  /// counts as 100m and 200 MiB.
  private func leastAllocated(_ node: NodeTable.Row, _ row: TemplateRow) -> Int64 {
    func score(_ free: Int64, _ wanted: Int64, _ capacity: Int64) -> Int64 {
      capacity <= 0 ? 0 : max(0, (free - wanted) * 100 / capacity)
    }
    let cpu = row.cpu.count == 0 ? 100 : row.cpu.count
    let memory = row.memory.count == 0 ? 200 << 20 : row.memory.count
    let capacityCPU = node.spec.allocatable["cpu"]?.milliValue ?? 0
    let capacityMemory = node.spec.allocatable["memory"]?.value ?? 0
    return
      (score(node.freeCPU.count, cpu, capacityCPU)
      + score(node.freeMemory.count, memory, capacityMemory)) / 2
  }
}
