import ClusterAPI
public import Recording
import Units

/// One run as text: its timeline with reasons, then its judgement.
public enum ReplayReport {
  public static func text(_ run: RunRecord) -> String {
    var lines = [
      "\(Wrapping.safe(run.scenario)), seed \(run.seed): \(run.verdict.rawValue), "
        + "score \(run.score), digest \(run.digest)",
      "times count from the scenario's start; the change is at \(Words.time(run.changeAt)), "
        + "faults end at \(Words.time(run.quietFrom)), the run at \(Words.time(run.end))",
      "",
    ]
    lines += timeline(run)
    lines += ["", "Judgement"]
    lines += judgement(run).map { "  \($0.label)\(Wrapping.safe($0.text))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line for each entry, times and groups in columns.
  private static func timeline(_ run: RunRecord) -> [String] {
    guard !run.timeline.isEmpty else { return ["nothing happened"] }
    let times = run.timeline.map { Words.time($0.at) }
    let width = times.map(\.count).max() ?? 0
    return zip(times, run.timeline).map { time, entry in
      let space = String(repeating: " ", count: width - time.count)
      let group = HappeningGroup(entry.happening).rawValue
      let gap = String(repeating: " ", count: 11 - group.count)
      return "\(space)\(time)  \(group)\(gap)"
        + Wrapping.safe(Words.happening(entry.happening, in: run))
    }
  }

  private static func judgement(_ run: RunRecord) -> [RunStory.Line] {
    var lines: [RunStory.Line] = []
    if let outcome = run.outcome {
      let settled = run.settled.map { ", \(Words.span($0)) after the change" } ?? ""
      lines.append(RunStory.line("outcome", Words.outcome(outcome) + settled))
    }
    if let detection = run.detection {
      lines.append(RunStory.line("detection", "\(Words.span(detection)) after the change"))
    }
    if let restoration = run.restoration {
      lines.append(
        RunStory.line("restoration", "\(Words.span(restoration)) after the decision"))
    }
    lines.append(
      RunStory.line(
        "requests",
        "\(Words.count(run.requests)), \(Words.count(run.failed)) failed, "
          + "\(Words.count(run.slow)) slow"))
    for finding in run.findings where finding.result == "met" {
      lines.append(RunStory.line("met", Words.finding(finding)))
    }
    lines += RunStory.why(run)
    for part in run.scoreParts {
      lines.append(RunStory.line("-\(part.points) points", "\(part.name): \(part.detail)"))
    }
    lines.append(RunStory.line("score", "\(run.score) of 100"))
    return lines
  }
}
