/// The state at the end: every status, and how many pods of each kind there are.
enum FinalCheck: FidelityCheck {
  static let name = "final state"

  static func finding(_ pair: Pair) throws -> Finding {
    var finding = Finding()
    let recorded = FinalState.comparable(pair.recording.final)
    finding.differences = Difference.between(recorded, pair.final).map(\.description)
    return finding
  }
}
