import ClusterAPI
import Manifests
import PromQL
import Units
import Verdict
import World
import YAML

/// `rules`, and `expect.alerts`
enum AlertTable {
  /// Paths of rule files.
  static func rules(_ source: ScenarioSource) -> Codec<[RuleSet.Entry]> {
    .files(source, of: "rules", remedy: "write `groups:`, or a PrometheusRule") { files in
      let set = RuleReader.read(files: files)
      return .init(
        entries: set.entries, diagnostics: set.diagnostics, isNone: set.documents == 0)
    }
  }

  /// The PrometheusRule objects among manifests.
  static func rules(
    amongManifests node: YAMLNode, _ source: ScenarioSource, _ reading: inout Reading
  ) -> [RuleSet.Entry] {
    var entries: [RuleSet.Entry] = []
    for files in source.files(amongManifests: node, with: "PrometheusRule") {
      let set = RuleReader.read(files: files)
      guard set.documents > 0 else { continue }
      reading.diagnostics += set.diagnostics
      entries += set.entries
    }
    return entries
  }

  /// Warns of metrics in rules that neither a run nor another rule shows.
  static func warnOfUnknown(
    _ entries: [RuleSet.Entry], _ scenario: Scenario, _ reading: inout Reading
  ) {
    let written = scenario.rules.flatMap(\.written)
    for entry in entries {
      for (rule, location) in zip(entry.group.rules, entry.rules) {
        let names = MetricCatalog.unknownNames(in: rule.query, profiles: scenario.images)
        for name in names where !written.contains(name) {
          let known = MetricCatalog.seriesNames(of: scenario.images) + written
          let near = reading.nearest(to: name, among: known)
          reading.diagnostics.append(
            Diagnostic(
              .warning, at: location,
              message: "\(rule.name): nothing in a run shows the metric `\(name)`",
              remedy: near.map { "did you mean `\($0)`?" } ?? "docs/metrics.md lists all metrics"))
        }
      }
    }
  }

  private struct Draft: Sendable {
    var name = ""
    var fires = true
    var within: Span?
  }

  static let expected = Codec<[Draft]>.list(of: .object(Draft(), table)).map { drafts, _, _ in
    drafts.map { AlertExpectation($0.name, fires: $0.fires, within: $0.within) }
  }

  private static let table = Table<Draft> {
    $0.key("alert", \.name, .string, required: true, "its name")
    $0.key("fires", \.fires, .boolean, "whether it fires after the change; default true")
    $0.key("within", \.within, .positiveSpan, "from the change to its firing, at most")
  }
}

extension RuleGroup {
  /// Names of the series that its rules write.
  var written: [String] {
    let recorded = rules.compactMap { if case .recording(let rule) = $0 { rule.name } else { nil } }
    return recorded + (alertNames.isEmpty ? [] : ["ALERTS", "ALERTS_FOR_STATE"])
  }

  var alertNames: [String] {
    rules.compactMap { if case .alerting(let rule) = $0 { rule.name } else { nil } }
  }
}
