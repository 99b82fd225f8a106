/// The eviction API's answers: granted ones in number and time, and what the refused ones were told.
enum EvictionCheck: FidelityCheck {
  static let name = "evictions"

  static func finding(_ pair: Pair) -> Finding {
    var finding = Finding()
    let answers = pair.recording.timeline.filter { $0["evict"] != nil }
    let granted = answers.filter { $0["code"]?.int == 201 }.compactMap { $0["t"]?.number }
    let simulated = pair.journal.evictions.filter { $0.refusal == nil }.map(\.at)
    if granted.count != simulated.count {
      finding.differences.append(
        "granted: recorded \(granted.count), simulated \(simulated.count)")
    }
    for (recorded, found) in zip(granted.sorted(), simulated) {
      finding.compare("an eviction", recorded: recorded, simulated: found, in: pair)
    }
    let wanted = Set(
      answers.filter { $0["code"]?.int != 201 }.compactMap { $0["message"]?.string })
    let found = Set(pair.journal.evictions.compactMap(\.refusal).map { "429: " + $0 })
    if wanted != found {
      finding.differences.append(
        "refused: recorded \(wanted.sorted()), simulated \(found.sorted())")
    }
    return finding
  }
}
