/// The sequence of replica counts by revision, each taken when things have settled, and its times.
///
/// Where two recorded runs differed among themselves only the first and the last state bind.
enum SettledCheck: FidelityCheck {
  static let name = "replica counts"

  static func finding(_ pair: Pair) -> Finding {
    var finding = Finding()
    var (recorded, simulated) = (pair.recording.settled, pair.journal.specs.settled)
    if pair.recording.isRepeatable == false {
      recorded = [recorded.first, recorded.last].compactMap { $0 }
      simulated = [simulated.first, simulated.last].compactMap { $0 }
    }
    for index in 0..<max(recorded.count, simulated.count) {
      let wanted = index < recorded.count ? recorded[index] : nil
      let found = index < simulated.count ? simulated[index] : nil
      guard let wanted, let found, wanted.counts == found.counts else {
        finding.differences.append(
          "state \(index + 1): recorded \(text(wanted)), simulated \(text(found))")
        return finding
      }
      if pair.recording.isRepeatable == false { continue }
      finding.compare(text(wanted), recorded: wanted.at, simulated: found.at, in: pair)
    }
    return finding
  }

  static func text(_ state: Recording.State?) -> String {
    guard let state else { return "nothing" }
    let counts = state.counts.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
      .map { "\($0.key)=\($0.value)" }
    return "\(counts.joined(separator: " ")) at \(state.at.rounded3) s"
  }
}
