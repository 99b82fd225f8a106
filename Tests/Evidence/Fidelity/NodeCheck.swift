/// Each node's Ready condition, taints and cordon, as they follow each other, and when.
enum NodeCheck: FidelityCheck {
  static let name = "nodes"

  static func finding(_ pair: Pair) -> Finding {
    var finding = Finding()
    var recorded: [String: [(at: Double, words: String)]] = [:]
    for entry in pair.recording.timeline {
      guard let node = entry["node"]?.string, entry["pod"] == nil, let at = entry["t"]?.number,
        let ready = entry["ready"]?.string
      else { continue }
      let taints = (entry["taints"]?.array ?? []).compactMap(\.string).sorted()
      add(
        at, ready.prefix { $0 != "/" } + " \(taints)", to: &recorded[node, default: []])
    }
    var simulated: [String: [(at: Double, words: String)]] = [:]
    for entry in pair.journal.nodes {
      add(entry.at, "\(entry.ready) \(entry.taints)", to: &simulated[entry.node, default: []])
    }
    let lostCount = recorded.values.count { list in
      list.contains { $0.words.hasPrefix("Unknown") }
    }
    recorded = recorded.mapValues(lasting)
    simulated = simulated.mapValues(lasting)
    // Which of several nodes comes first is drawn: like histories may be those of other nodes.
    func histories(_ all: [String: [(at: Double, words: String)]]) -> [String] {
      all.values.map { $0.map(\.words).joined(separator: " > ") }.sorted()
    }
    let isPermuted = histories(recorded) == histories(simulated)
    for (node, all) in recorded.sorted(by: { $0.key < $1.key }) {
      // A node that has always been as it is has no event.
      let wanted = all.first?.words == "True []" ? Array(all.dropFirst()) : all
      var found = simulated[node] ?? []
      if found.first?.words == "True []" { found.removeFirst() }
      let killed = kill(of: node, pair)
      var shift: Double?
      for index in 0..<max(wanted.count, found.count) {
        guard index < wanted.count, index < found.count, wanted[index].words == found[index].words
        else {
          if isPermuted { break }
          let left = index < wanted.count ? wanted[index].words : "nothing"
          let right = index < found.count ? found[index].words : "nothing"
          finding.differences.append("\(node): recorded \(left), simulated \(right)")
          break
        }
        if let killed, shift == nil, wanted[index].words.hasPrefix("Unknown") {
          shift = found[index].at - wanted[index].at
          if !(40...57).contains(found[index].at - killed) {
            finding.late.append(
              "\(node) found lost \((found[index].at - killed).rounded3) s after its end")
          }
          continue
        }
        if wanted[index].words.hasPrefix("True") { shift = nil }
        // Which of several lost nodes of a zone comes first is not determined either.
        if found[index].words.contains("NoExecute"), lostCount > 1 { continue }
        // The phase of the monitor is not determined: from there on, times count from it.
        finding.compare(
          "\(node) \(wanted[index].words)", recorded: wanted[index].at,
          simulated: found[index].at, shift: shift ?? 0, in: pair)
      }
    }
    return finding
  }

  /// Without the states between Unknown and both taints, which two loops set in any order.
  private static func lasting(
    _ states: [(at: Double, words: String)]
  ) -> [(at: Double, words: String)] {
    states.indices.filter { index in
      !states[index].words.hasPrefix("Unknown") || index + 1 == states.count
        || states[index + 1].at - states[index].at >= 2.5
    }.map { states[$0] }
  }

  private static func kill(of node: String, _ pair: Pair) -> Double? {
    pair.recording.script.first {
      $0["action"]?.string == "killNode" && ($0["node"]?.string == node || $0["node"]?["of"] != nil)
    }?["at"]?.number
  }

  private static func add(
    _ at: Double, _ words: String, to list: inout [(at: Double, words: String)]
  ) {
    if list.last?.words != words { list.append((at, words)) }
  }
}
