/// How many pods of each ReplicaSet were created, became ready, were deleted and went, over the whole run.
///
/// Where two recorded runs differed among themselves, only that pods came and went of the same ones.
enum PodCheck: FidelityCheck {
  static let name = "pods"

  static func finding(_ pair: Pair) -> Finding {
    var finding = Finding()
    if pair.recording.isRepeatable == false { return finding }
    var owners: [Int: String] = [:]
    var recorded: [String: Int] = [:]
    for entry in pair.recording.timeline {
      guard let pod = entry["pod"]?.string, let number = Int(pod.dropFirst()),
        let event = entry["ev"]?.string
      else { continue }
      if let owner = entry["rs"]?.string { owners[number] = owner }
      if let owner = owners[number], counted.contains(event) {
        recorded["\(owner) \(event)", default: 0] += 1
      }
    }
    var simulated: [String: Int] = [:]
    for entry in pair.journal.pods {
      guard let owner = pair.journal.owners[entry.pod], counted.contains(entry.event.rawValue)
      else { continue }
      simulated["\(owner) \(entry.event.rawValue)", default: 0] += 1
    }
    // A pod that is seen before its ReplicaSet has an owner without a number.
    if owners.values.contains(where: { Int($0.dropFirst()) == nil }) {
      (recorded, simulated) = (total(recorded), total(simulated))
    }
    for key in Set(recorded.keys).union(simulated.keys).sorted()
    where recorded[key] != simulated[key] {
      finding.differences.append(
        "\(key): recorded \(recorded[key] ?? 0), simulated \(simulated[key] ?? 0)")
    }
    return finding
  }

  private static func total(_ counts: [String: Int]) -> [String: Int] {
    var result: [String: Int] = [:]
    for (key, count) in counts {
      result[String(key.split(separator: " ").last ?? ""), default: 0] += count
    }
    return result
  }

  private static let counted: Set<String> = ["created", "ready", "terminating", "gone"]
}
