import ClusterAPI
import Manifests
public import PromQL
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
    for files in source.files(amongManifests: node, with: RuleReader.kind) {
      let set = RuleReader.read(files: files)
      guard set.documents > 0 else { continue }
      reading.diagnostics += set.diagnostics
      entries += set.entries
    }
    return entries
  }

  /// Those of both; a PrometheusRule that stands in both is the one of `rules`.
  static func merged(
    amongManifests those: [RuleSet.Entry], named: [RuleSet.Entry]
  ) -> [RuleSet.Entry] {
    let replaced = Set(named.compactMap(\.object))
    return those.filter { entry in !(entry.object.map { replaced.contains($0) } ?? false) } + named
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

  public var alertNames: [String] {
    rules.compactMap { if case .alerting(let rule) = $0 { rule.name } else { nil } }
  }
}
