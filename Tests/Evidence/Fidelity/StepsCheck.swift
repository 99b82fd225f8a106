/// What happened to the pods of StatefulSets and DaemonSets, in order.
///
/// Of a StatefulSet with ordered pods the whole list is compared, with parallel ones the list of each
/// name; of a DaemonSet the collection of its nodes' lists, since nodes come in no order.
enum StepsCheck: FidelityCheck {
  static let name = "steps"

  static func finding(_ pair: Pair) throws -> Finding {
    var finding = Finding()
    let recorded = try pair.recording.steps.map(step)
    let simulated = pair.journal.sets.steps
    if pair.recording.isRepeatable == false || recorded.isEmpty { return finding }
    let manifest = pair.recording.manifests.first { $0["spec"]?["template"] != nil }
    let isOrdered = manifest?["spec"]?["podManagementPolicy"]?.string != "Parallel"
    let (wanted, found): ([String], [String])
    if manifest?["kind"]?.string == "DaemonSet" {
      (wanted, found) = (lists(recorded, named: false), lists(simulated, named: false))
    } else if isOrdered {
      (wanted, found) = (inOrder(recorded), inOrder(simulated))
    } else {
      (wanted, found) = (lists(recorded, named: true), lists(simulated, named: true))
    }
    for index in 0..<max(wanted.count, found.count) {
      let (a, b) = (
        index < wanted.count ? wanted[index] : "nothing",
        index < found.count ? found[index] : "nothing"
      )
      if a == b { continue }
      finding.differences.append("step \(index + 1): recorded \(a), simulated \(b)")
      break
    }
    return finding
  }

  private static func step(_ json: JSON) throws -> SetJournal.Step {
    guard let parts = json.array, parts.count == 4, let at = parts[0].number,
      let what = parts[1].string, let who = parts[2].string, let revision = parts[3].string
    else { throw EvidenceError("a step is no time, word, pod and revision: \(json)") }
    return SetJournal.Step(at: at, what: what, who: who, revision: revision)
  }

  /// Two pods that change by themselves within 0.2 s may do so in either order, and so may one that
  /// goes and another one that comes back.
  private static func inOrder(_ steps: [SetJournal.Step]) -> [String] {
    var sorted = steps
    for end in sorted.indices {
      var at = end
      while at > 0, sorted[at].at - sorted[at - 1].at < 0.2, sorted[at].who != sorted[at - 1].who,
        mayComeInEitherOrder(sorted[at - 1], sorted[at]), sorted[at].words < sorted[at - 1].words
      {
        sorted.swapAt(at, at - 1)
        at -= 1
      }
    }
    return sorted.map(\.words)
  }

  private static func mayComeInEitherOrder(_ a: SetJournal.Step, _ b: SetJournal.Step) -> Bool {
    let own = ["ready", "unready", "gone"]
    if own.contains(a.what) && own.contains(b.what) { return true }
    return [a.what, b.what].sorted() == ["created", "gone"]
  }

  private static func lists(_ steps: [SetJournal.Step], named: Bool) -> [String] {
    var lists: [String: [String]] = [:]
    for step in steps { lists[step.who, default: []].append("\(step.what) \(step.revision)") }
    return lists.map { (named ? $0.key + ": " : "") + $0.value.joined(separator: ", ") }.sorted()
  }
}
