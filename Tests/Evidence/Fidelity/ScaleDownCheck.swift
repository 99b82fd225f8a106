import Control
import Units

/// Which pods a scale-down takes: the ranking, given what a recorded snapshot says of each pod, has to
/// choose those that were taken before the next one.
///
/// Pods that are alike in everything have no order, so those may stand for each other.
enum ScaleDownCheck: FidelityCheck {
  static let name = "scale-down"

  private struct Candidate {
    var name: String
    var rank: PodRank
  }

  static func finding(_ pair: Pair) throws -> Finding {
    var finding = Finding()
    var snapshot: [Candidate] = []
    var taken: [String] = []
    for entry in pair.recording.timeline {
      if let pods = entry["snapshot"]?.array {
        check(snapshot, taken, &finding)
        snapshot = try candidates(pods)
        taken = []
      } else if entry["ev"]?.string == "terminating", let pod = entry["pod"]?.string {
        taken.append(pod)
      }
    }
    check(snapshot, taken, &finding)
    return finding
  }

  private static func check(
    _ snapshot: [Candidate], _ taken: [String], _ finding: inout Finding
  ) {
    let known = taken.filter { name in snapshot.contains { $0.name == name } }
    // With many pods the choice cannot be told: the comparison is not transitive.
    guard !known.isEmpty, snapshot.count <= 50 else { return }
    for name in known {
      guard let own = snapshot.first(where: { $0.name == name }) else { continue }
      let better = snapshot.filter {
        !taken.contains($0.name) && PodRank.goesFirst($0.rank, own.rank)
      }
      if let other = better.first {
        finding.differences.append(
          "recorded \(name) taken, by the ranking \(other.name) goes first")
      }
    }
  }

  private static func candidates(_ pods: [JSON]) throws -> [Candidate] {
    var onNode: [String: Int] = [:]
    for pod in pods {
      if let node = pod["node"]?.string { onNode[node, default: 0] += 1 }
    }
    return try pods.map { pod in
      let node = pod["node"]?.string
      let age = try pod.number("ageSeconds")
      // Ages count from whole seconds.
      func span(_ seconds: Double?) -> Span? { seconds.map { .seconds(rounding: $0) } }
      return Candidate(
        name: try pod.string("pod"),
        rank: PodRank(
          assigned: node != nil, phase: pod["phase"]?.string == "Running" ? .running : .pending,
          ready: pod["ready"]?.bool ?? false,
          deletionCost: PodDeletionCost.parse(pod["deletionCost"]?.string),
          rank: node.map { onNode[$0] ?? 0 } ?? 0, readyAge: span(pod["readySeconds"]?.number),
          maxRestarts: Int(pod["restarts"]?.int ?? 0), creationAge: span(age),
          uid: padded(pod["uidRank"]?.int ?? 0)))
    }
  }

  private static func padded(_ number: Int64) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 8 - text.count)) + text
  }
}
