import ClusterAPI
public import Recording
import Units

/// What a rehearsal prints: what would be survived, what would not, and why.
public enum RehearsalReport {
  public struct Row: Sendable {
    /// Such as `never-ready`.
    public var name: String
    public var title: String
    /// What has to hold for it to be survived.
    public var bar: String
    public var plain: [RunRecord]
    public var guarded: [RunRecord]
    /// Ids of findings of the workload that say why it is not survived.
    public var findings: [String] = []

    public init(
      name: String, title: String, bar: String, plain: [RunRecord], guarded: [RunRecord]
    ) {
      self.name = name
      self.title = title
      self.bar = bar
      self.plain = plain
      self.guarded = guarded
    }
  }

  public struct Input: Sendable {
    /// Such as `deployment/web`.
    public var workload: String
    /// Such as `deployment/web to shop/web:v2`.
    public var change: String
    public var assumptions: [String]
    /// What becomes of the objects, a line each.
    public var manifests: [String]
    /// The names of the alerts that are evaluated.
    public var alerts: [String]
    /// Those of them that fire though nothing is changed.
    public var alertsAnyway: Set<String>
    public var rows: [Row]

    public init(
      workload: String, change: String, assumptions: [String], manifests: [String],
      alerts: [String] = [], alertsAnyway: Set<String> = [], rows: [Row]
    ) {
      self.workload = workload
      self.change = change
      self.assumptions = assumptions
      self.manifests = manifests
      self.alerts = alerts
      self.alertsAnyway = alertsAnyway
      self.rows = rows
    }
  }

  public static func text(_ input: Input, color: Bool) -> String {
    let paint = Paint(isOn: color)
    var text = paint("rehearsal of \(input.change)", .bold) + "\n\nassumed:\n"
    for line in input.assumptions { text += "  \(line)\n" }
    for line in input.manifests { text += "\(line)\n" }
    text += "\n"
    // Two lines of one situation belong together.
    let isGuarded = input.rows.contains { !$0.guarded.isEmpty }
    for row in input.rows { text += block(row, input, paint) + (isGuarded ? "\n" : "") }
    if !isGuarded { text += "\n" }
    let survived = input.rows.count { isSurvived($0.plain) }
    let guarded = input.rows.filter { !$0.guarded.isEmpty }
    text += "survived: \(survived) of \(input.rows.count) situations"
    if isGuarded {
      text += " as it is, \(guarded.count { isSurvived($0.guarded) }) of \(guarded.count) with a "
      text += "rollback guard"
    }
    text += "\n"
    for line in alertSummary(input) { text += line + "\n" }
    return text
  }

  static func isSurvived(_ runs: [RunRecord]) -> Bool {
    !runs.isEmpty && runs.allSatisfy { $0.verdict == .passed }
  }

  private static func block(_ row: Row, _ input: Input, _ paint: Paint) -> String {
    var text = line(row.title, row.plain, paint)
    if !isSurvived(row.plain) { text += paint("      survived means: \(row.bar)\n", .dim) }
    for reason in reasons(row.plain) { text += "      \(reason)\n" }
    if !isSurvived(row.plain), !row.findings.isEmpty {
      text += "      found: \(row.findings.joined(separator: ", "))\n"
    }
    if let line = alerts(row, of: input) { text += "      \(line)\n" }
    if row.guarded.isEmpty { return text }
    text += line("  with a rollback guard", row.guarded, paint)
    for reason in reasons(row.guarded) { text += "      \(reason)\n" }
    let explained = row.guarded.first { $0.verdict != .passed } ?? row.guarded.first
    if let decision = explained?.decisions.first(where: { $0.taken == .rollBack }) {
      text += paint(
        "      seed \(explained?.seed ?? 0) \(Words.time(decision.at)) roll back: \(Words.reason(decision.decision.reason))\n",
        .dim)
    }
    return text
  }

  /// Mark, title, and the figures over all seeds.
  private static func line(_ title: String, _ runs: [RunRecord], _ paint: Paint) -> String {
    let passed = runs.count { $0.verdict == .passed }
    let isGood = passed == runs.count
    var parts: [String] = []
    var outcomes: [String] = []
    for run in runs where !outcomes.contains(Words.outcome(run.outcome)) {
      outcomes.append(Words.outcome(run.outcome))
    }
    parts.append(outcomes.joined(separator: " or "))
    if let slowest = runs.compactMap(\.settled).max() { parts.append("in \(Words.span(slowest))") }
    let requests = runs.reduce(0) { $0 + $1.requests }
    if requests > 0 {
      let failed = runs.reduce(0) { $0 + $1.failed }
      parts.append("\(Words.share(failed, of: requests)) of requests failed")
    }
    if let low = runs.map(\.belowMinimum).max(), low > .zero {
      parts.append("\(Words.span(low)) below minimum availability")
    }
    let mark = isGood ? paint("✓", .green) : paint("✗", .red)
    let share = isGood ? "" : paint(" (\(passed) of \(runs.count) runs survive)", .red)
    return "\(mark) \(title.padded(44)) \(parts.joined(separator: ", "))\(share)\n"
  }

  /// What broke in the first run that did not survive, each check once.
  static func reasons(_ runs: [RunRecord]) -> [String] {
    guard let run = runs.first(where: { $0.verdict != .passed }) else { return [] }
    var lines = run.findings.filter { $0.result != "met" }.map { finding in
      let when = finding.at.map { "\(Words.time($0)) " } ?? ""
      return "\(when)\(Words.finding(finding))"
    }
    lines += run.pending.prefix(2).filter { reason in !lines.contains { $0.contains(reason) } }
      .map { "pending: \($0)" }
    return lines.map { "seed \(run.seed) \($0)" }
  }
}
