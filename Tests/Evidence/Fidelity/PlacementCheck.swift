/// Pods per node at the end, where nodes belong to the recording alone, up to a permutation of nodes; and
/// the scheduler's last words about the pods that no node has taken then.
enum PlacementCheck: FidelityCheck {
  static let name = "placement"

  static func finding(_ pair: Pair) -> Finding {
    var finding = Finding()
    let own = pair.recording.nodes.filter { $0["shared"]?.bool != true }
      .compactMap { $0["name"]?.string }
    // Of sets the node of a pod is drawn; which one a DaemonSet's pod is for, its steps compare.
    if !own.isEmpty, pair.recording.steps.isEmpty {
      var recorded: [String: Int] = [:]
      for pod in pair.recording.final["pods"]?.array ?? [] {
        if let node = pod["node"]?.string { recorded[node, default: 0] += 1 }
      }
      let wanted = own.map { recorded[$0] ?? 0 }.sorted()
      let found = own.map { pair.journal.placed[$0] ?? 0 }.sorted()
      if wanted != found {
        finding.differences.append("pods by node: recorded \(wanted), simulated \(found)")
      }
    }
    let pending = Set(
      (pair.recording.final["pods"]?.array ?? []).filter { $0["node"] == nil }
        .compactMap { $0["pod"]?.string })
    let wanted = messages(
      pair.recording.timeline.compactMap { entry in
        guard entry["ev"]?.string == "unschedulable", let message = entry["message"]?.string,
          let pod = entry["pod"]?.string, pending.contains(pod),
          let number = Int(pod.dropFirst())
        else { return nil }
        return (number, message)
      })
    let found = messages(
      pair.journal.pods.compactMap { entry in
        guard entry.event == .unschedulable, pair.journal.pending.contains(entry.pod) else {
          return nil
        }
        return (entry.pod, entry.text ?? "")
      })
    // A recording without messages says only who did not fit.
    let hasMessages = !wanted.isEmpty || pair.recording.steps.isEmpty
    if hasMessages, !agree(wanted, found) {
      finding.differences.append("FailedScheduling: recorded \(wanted), simulated \(found)")
    }
    return finding
  }

  /// Equal, or where the recorded cluster had nodes of other recordings too, each of our reasons is among
  /// the recorded ones.
  private static func agree(_ wanted: [String], _ found: [String]) -> Bool {
    if wanted == found { return true }
    guard wanted.count == found.count else { return false }
    return zip(wanted, found).allSatisfy { recorded, simulated in
      let (a, b) = (nodeCount(recorded), nodeCount(simulated))
      guard a != b else { return recorded == simulated }
      let reasons = simulated.split(separator: ": ")[1].split(separator: ".")[0]
      return reasons.split(separator: ", ").allSatisfy { recorded.contains($0) }
    }
  }

  /// `0/40 nodes are available: ...`
  private static func nodeCount(_ message: String) -> Substring {
    message.split(separator: " ").first ?? ""
  }

  /// The last message of each pod, as a sorted list of different ones.
  private static func messages(_ all: [(pod: Int, message: String)]) -> [String] {
    var last: [Int: String] = [:]
    for (pod, message) in all { last[pod] = message }
    return Set(last.values).sorted()
  }
}
