import ClusterAPI

/// The conditions of each Deployment with their reasons, and the time at which the progress deadline is
/// found exceeded.
///
/// What held where things had settled in one run must occur in that order among all that held in the
/// other one, and both must end alike: the measure by which the recordings' own repetitions are called
/// consistent (`settledConsistent`), since the division into bursts depends on the machine.
enum ConditionCheck: FidelityCheck {
  static let name = "conditions"

  private struct Step: Hashable {
    var at: Double
    var words: String
  }

  static func finding(_ pair: Pair) -> Finding {
    var finding = Finding()
    for name in Set(pair.journal.deployments.map(\.object.meta.name)).sorted() {
      let recorded = pair.recording.timeline.compactMap { step($0, of: name) }
        .sorted { $0.at < $1.at }
      let simulated = pair.journal.deployments.filter { $0.object.meta.name == name }.map(step)
      let quiet = settled(recorded, pair.recording.timeline.compactMap(change))
      if let missing = firstMissing(of: quiet, in: simulated) {
        finding.differences.append("\(name): recorded \(text(missing)), simulated at no such time")
      }
      if let extra = firstMissing(of: settled(simulated, pair.journal.changes), in: recorded) {
        finding.differences.append("\(name): simulated \(text(extra)), recorded at no such time")
      }
      if recorded.last?.words != simulated.last?.words {
        finding.differences.append(
          "\(name), last: recorded \(text(recorded.last)), simulated \(text(simulated.last))")
      }
      let deadlines = [recorded, simulated].map { steps in
        steps.first { $0.words.contains("ProgressDeadlineExceeded") }
      }
      if let wanted = deadlines[0], let found = deadlines[1], (found.at - wanted.at).magnitude > 2 {
        finding.late.append(
          "\(name): deadline recorded at \(wanted.at) s, simulated at \(found.at.rounded3) s")
      }
    }
    return finding
  }

  /// The first step that does not occur, in its order, among the others.
  private static func firstMissing(of steps: [Step], in others: [Step]) -> Step? {
    var at = 0
    for step in steps {
      guard let found = others[at...].firstIndex(where: { $0.words == step.words }) else {
        return step
      }
      at = found
    }
    return nil
  }

  private static func text(_ step: Step?) -> String {
    step.map { "\($0.words) at \($0.at.rounded3) s" } ?? "nothing"
  }

  private static func step(_ entry: JSON, of name: String) -> Step? {
    guard entry["deploy"]?.string == name, let at = entry["t"]?.number else { return nil }
    return Step(at: at, words: words { entry["conditions"]?[$0]?.string })
  }

  private static func step(_ entry: Journal.Entry) -> Step {
    Step(
      at: entry.at,
      words: words { type in
        entry.object.status.conditions.first { $0.type == type }
          .map { "\($0.status.rawValue)/\($0.reason)" }
      })
  }

  private static func words(_ value: (String) -> String?) -> String {
    ["Available", "Progressing"].map { "\($0) \(value($0) ?? "-")" }.joined(separator: ", ")
  }

  /// When something changed that the Deployment's status follows.
  private static func change(_ entry: JSON) -> Double? {
    entry["deploy"] == nil && entry["rs"] == nil && entry["pod"] == nil ? nil : entry["t"]?.number
  }

  /// What holds at the end of every burst, without what is as before; a burst ends where nothing
  /// changes for 0.7 s.
  private static func settled(_ steps: [Step], _ changes: [Double]) -> [Step] {
    let times = changes.sorted()
    var result: [Step] = []
    for (index, time) in times.enumerated() {
      if index + 1 < times.count, times[index + 1] - time < 0.7 { continue }
      guard let step = steps.last(where: { $0.at <= time }) else { continue }
      if result.last?.words != step.words { result.append(step) }
    }
    return result
  }
}
