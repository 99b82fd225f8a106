public import Recording
import Units

/// The timeline of one run, with the reasons of its decisions.
public enum ReplayReport {
  /// - Parameter pods: whether single pods' ordinary steps are told too.
  public static func text(_ run: RunRecord, color: Bool, pods: Bool) -> String {
    let paint = Paint(isOn: color)
    var text =
      "\(run.scenario), seed \(run.seed): \(run.verdict.rawValue), score \(run.score), "
      + "\(Words.outcome(run.outcome)), digest \(run.digest)\n\n"
    for line in Story(run).lines(pods: pods) {
      text += Words.time(line.at).padded(10, right: true) + "  "
      text += paint(line.topic.rawValue.padded(10), colour(line.topic)) + line.text + "\n"
    }
    text += "\n"
    for finding in run.findings {
      let when = finding.at.map { " at \(Words.time($0))" } ?? ""
      text += "\(finding.result.padded(13))\(finding.name)\(when): \(finding.detail)\n"
    }
    for decision in run.decisions { text += "\(TerminalReport.words(decision))\n" }
    for part in run.scoreParts where part.points > 0 {
      text += "-\(part.points) points: \(part.name), \(part.detail)\n"
    }
    return text
  }

  private static func colour(_ topic: Story.Topic) -> Paint.Colour {
    switch topic {
    case .change: .blue
    case .fault, .failure: .red
    case .decision: .bold
    case .condition: .yellow
    case .pod: .dim
    }
  }
}
