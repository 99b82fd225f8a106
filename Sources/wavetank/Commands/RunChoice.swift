import Recording
import Reporting

/// Which recorded run a word of the command line means.
enum RunChoice: Equatable {
  case run(Int64)
  /// What is wrong, and what to type.
  case none(String)
  /// What is wrong, and the scenarios that were run.
  case unknown(String, known: [String])

  /// Runs that are listed at most.
  private static let listed = 10

  init(_ subject: String, seed: UInt64?, in store: RecordStore) throws {
    if let id = Int64(subject) {
      self = try RunChoice.number(id, in: store)
      return
    }
    let known = try store.scenarioNames()
    let names = known.contains(subject) ? [subject] : known.filter { $0.contains(subject) }
    guard let name = names.first else {
      self = .unknown("there is no run of a scenario `\(subject)`", known: known)
      return
    }
    if names.count > 1 {
      self = .none(
        "`\(subject)` is part of several scenarios' names: \(names.joined(separator: ", "))")
      return
    }
    let runs = try store.runs(of: name, limit: 10_000)
    guard let latest = runs.first else {
      // Its suite was interrupted before the first of them.
      self = .none("no run of \(name) was finished; `wavetank history` lists what was run")
      return
    }
    if let seed {
      self = .run((runs.first { $0.seed == seed } ?? latest).id)
      return
    }
    let together = runs.filter { $0.suite == latest.suite }.sorted { $0.seed < $1.seed }
    self = together.count == 1 ? .run(latest.id) : .none(RunChoice.several(name, together))
  }

  private static func number(_ id: Int64, in store: RecordStore) throws -> RunChoice {
    guard let (count, ids) = try store.runNumbers() else {
      return .none("there is no run \(id): nothing has been run yet; `wavetank run` records")
    }
    do {
      _ = try store.scenario(ofRun: id)
      return .run(id)
    } catch RecordingError.noRun {
      return .none(
        "there is no run \(id); "
          + (count == 1
            ? "the only one is \(ids.lowerBound)"
            : "they are numbered \(ids.lowerBound) to \(ids.upperBound)")
          + ", `wavetank history SCENARIO` lists those of a scenario")
    }
  }

  /// The runs of one suite, those that did not pass first.
  private static func several(_ name: String, _ runs: [RunSummary]) -> String {
    let sorted = runs.filter { $0.verdict != "passed" } + runs.filter { $0.verdict == "passed" }
    var lines = [
      "\(name) was run with \(runs.count) seeds in suite \(runs[0].suite); type one of"
    ]
    lines += sorted.prefix(listed).map {
      "  wavetank replay \(name) --seed \($0.seed)   # run \($0.id), \($0.verdict), "
        + "score \($0.score)"
    }
    let rest = sorted.count - listed
    if rest > 0 {
      lines.append("  and \(rest) more: wavetank history \(runs[0].suite) --limit \(runs.count)")
    }
    return lines.joined(separator: "\n")
  }
}
