import ClusterAPI
public import Recording
import Units

/// One run as text: its timeline with reasons, then its judgement.
public enum ReplayReport {
  /// - Parameters:
  ///   - color: whether the terminal shows SGR colours.
  ///   - pods: whether single pods' ordinary steps are told too.
  public static func text(_ run: RunRecord, color: Bool = false, pods: Bool = true) -> String {
    let paint = Paint(isOn: color)
    var lines = [
      "\(Wrapping.safe(run.scenario)), seed \(run.seed): "
        + paint(run.verdict.rawValue, Paint.colour(run.verdict))
        + ", score \(run.score), digest \(run.digest)",
      paint(
        "times count from the scenario's start; the change is at \(Words.time(run.changeAt)), "
          + "faults end at \(Words.time(run.quietFrom)), the run at \(Words.time(run.end))", .dim),
      "",
    ]
    lines += timeline(run, paint, pods: pods)
    lines += ["", paint("Judgement", .bold)]
    lines += judgement(run).map { "  \($0.label)\(Wrapping.safe($0.text))" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line for each entry, times and groups in columns.
  private static func timeline(_ run: RunRecord, _ paint: Paint, pods: Bool) -> [String] {
    let entries = run.timeline.filter { pods || !HappeningGroup($0.happening).isOrdinary }
    guard !entries.isEmpty else { return ["nothing happened"] }
    let times = entries.map { Words.time($0.at) }
    let width = times.map(\.count).max() ?? 0
    return zip(times, entries).map { time, entry in
      let group = HappeningGroup(entry.happening)
      return time.padded(width, right: true) + "  "
        + paint(group.rawValue.padded(11), Paint.colour(group))
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
