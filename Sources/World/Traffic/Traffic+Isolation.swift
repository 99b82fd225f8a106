import Kernel
import Units

// Pods whose machine has gone without a word.
extension Traffic {
  /// The pod's machine is off: nobody answers and nothing is reset, so clients wait until they give up.
  ///
  /// Attempts that are being served wait on without an answer, and so do those that come later.
  /// `killServer` ends it, as the machine that is back resets what it does not know.
  mutating func isolateServer(_ pod: PodID, _ queue: inout EventQueue) {
    reserve(pod)
    let p = pod.index
    guard !servers[p].unreachable else { return }
    let at = queue.now.ns
    var orphans: [RequestRow] = []
    var row = servers[p].servingHead
    while row != RequestSlab.none {
      let next = requests.rows[Int(row)].next
      if requests.rows[Int(row)].state == .serving, requests.rows[Int(row)].load != RequestRow.probe
      {
        orphans.append(requests.rows[Int(row)])
      }
      // The row itself stays for the events that name it.
      requests.rows[Int(row)].state = .dead
      outstanding[p] -= 1
      row = next
    }
    servers[p].unreachable = true
    servers[p].alive = false
    servers[p].accepting = false
    servers[p].draining = false
    servers[p].busy = 0
    servers[p].servingHead = RequestSlab.none
    work[p].free = at
    servers[p].hasMemoryLimit = false
    if hasMeters {
      meters.endProcess(p, at: at)
      meters.endSandbox(p)
    }
    // The latest one was served first in the list: those that came earlier wait in front.
    for orphan in orphans.reversed() {
      let copy = requests.add(
        RequestRow(
          firstSent: orphan.firstSent, sent: orphan.sent, stream: orphan.stream,
          number: orphan.number, pod: orphan.pod, load: orphan.load, attempt: orphan.attempt))
      outstanding[p] += 1
      wait(copy, at, &queue)
    }
  }
}
