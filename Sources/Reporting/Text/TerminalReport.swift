import ClusterAPI
public import Recording
import Units

/// What a person at a terminal reads of a suite.
public enum TerminalReport {
  public static func text(_ suite: SuiteRecord, color: Bool) -> String {
    let paint = Paint(isOn: color)
    let summaries = ScenarioSummary.all(suite)
    var text = table(summaries, paint)
    for summary in summaries {
      for run in summary.failed { text += "\n" + details(run, paint) }
    }
    return text + "\n" + totals(suite, paint)
  }

  private static func table(_ summaries: [ScenarioSummary], _ paint: Paint) -> String {
    var table = TextTable([
      .init(title: ""), .init(title: "SCENARIO"), .init(title: "PASSED", isNumber: true),
      .init(title: "SCORE", isNumber: true), .init(title: "OUTCOME"),
      .init(title: "SETTLED", isNumber: true), .init(title: "REQUESTS", isNumber: true),
      .init(title: "FAILED", isNumber: true),
    ])
    for summary in summaries {
      table.rows.append([
        mark(summary.verdict), summary.scenario.name, "\(summary.passed)/\(summary.runs.count)",
        summary.scores, summary.outcomes, summary.settled, Words.count(summary.requests),
        summary.failedShare,
      ])
    }
    return table.text(paint) { row, column in
      column == 0 ? colour(summaries[row].verdict) : nil
    }
  }

  static func mark(_ verdict: RunRecord.Verdict) -> String {
    switch verdict {
    case .passed: "✓"
    case .failed: "✗"
    case .inconclusive: "?"
    }
  }

  static func colour(_ verdict: RunRecord.Verdict) -> Paint.Colour {
    switch verdict {
    case .passed: .green
    case .failed: .red
    case .inconclusive: .yellow
    }
  }

  /// Why a run did not pass.
  static func details(_ run: RunRecord, _ paint: Paint) -> String {
    var lines = [
      paint("\(mark(run.verdict)) \(run.scenario), seed \(run.seed)", colour(run.verdict))
        + paint("  digest \(run.digest)", .dim)
    ]
    for finding in run.findings where finding.result != "met" {
      let when = finding.at.map { " at \(Words.time($0))" } ?? ""
      lines.append("    \(finding.name) \(finding.result)\(when): \(finding.detail)")
    }
    for defect in run.defects {
      let path = defect.path.isEmpty ? "" : " \(defect.path)"
      lines.append(
        "    left behind: \(defect.object.description)\(path) is \(defect.found ?? "absent"), "
          + "without the change \(defect.expected ?? "absent")")
    }
    for decision in run.decisions { lines.append("    " + words(decision)) }
    for reason in run.pending { lines.append("    pending: \(reason)") }
    lines.append(
      paint("    wavetank replay \(run.scenario) --seed \(run.seed)   prints its timeline", .dim))
    return lines.joined(separator: "\n") + "\n"
  }

  /// A decision with what the other option would have cost.
  static func words(_ decision: RunRecord.Decision) -> String {
    var text =
      "\(Words.time(decision.at)) \(Words.decision(decision.decision, taken: decision.taken))"
    if let other = decision.otherHarm {
      let option = Words.option(decision.decision.otherwise)
      text +=
        "; \(Words.count(decision.harm)) requests failed or slow, with `\(option)` it would be "
        + Words.count(other)
    }
    if decision.rating == "missed" { text += " (missed)" }
    if decision.rating == "falseAlarm" { text += " (false alarm)" }
    return text
  }

  private static func totals(_ suite: SuiteRecord, _ paint: Paint) -> String {
    let passed = suite.runs.count { $0.verdict == .passed }
    let requests = suite.runs.reduce(0) { $0 + $1.requests }
    let word =
      passed == suite.runs.count ? paint("all passed", .green) : paint("not all passed", .red)
    return "\(Words.count(passed)) of \(Words.count(suite.runs.count, "run")) of "
      + "\(Words.count(suite.scenarios.count, "scenario")) passed (\(word)), "
      + "\(Words.count(requests)) requests simulated\n"
  }
}
