import Manifests
import Testing

@testable import Harness

/// PrometheusRules among manifests.
@Suite struct ManifestRulesTests {
  private func rule(_ name: String, _ alert: String, _ expression: String) -> String {
    """
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: {name: \(name), namespace: shop}
    spec: {groups: [{name: g, rules: [{alert: \(alert), expr: '\(expression)'}]}]}

    """
  }

  private func read(_ text: String) -> (set: ManifestSet, rules: ManifestRules) {
    let files = [(name: "a.yaml", bytes: Array(text.utf8))]
    let set = ManifestReader.read(files: files)
    return (set, ManifestRules(files: files, besides: set.diagnostics))
  }

  @Test func rulesAreFoundAmongOthers() {
    let (set, rules) = read(
      Scenarios.web + rule("a", "One", "up == 0") + "---\n" + rule("b", "One", "up == 1"))
    #expect(rules.alerts == ["One"] && rules.entries.count == 2)
    #expect(set.counts.readKinds["PrometheusRule"] == 2 && set.counts.notSimulated == 0)
    #expect(set.diagnostics.isEmpty && rules.diagnostics.isEmpty)
  }

  /// What is wrong with the file itself is said once.
  @Test func whatWasSaidIsNotSaidAgain() {
    let (set, rules) = read("kind: PrometheusRule\n  a: b\n")
    #expect(set.hasErrors && rules.diagnostics.isEmpty && rules.entries.isEmpty)
    let wrong = read(rule("a", "One", "up =="))
    #expect(!wrong.set.hasErrors && wrong.rules.hasErrors && wrong.rules.alerts.isEmpty)
  }

  /// Of another version it is no rule that is read.
  @Test func anotherVersionIsKept() {
    let text = rule("a", "One", "up").replacing("monitoring.coreos.com/v1", with: "example.com/v1")
    let (set, rules) = read(text)
    #expect(set.counts.otherKinds["PrometheusRule"] == 1)
    #expect(rules.hasErrors)
  }

  @Test func aRuleOfTheScenarioReplacesItsNamesake() throws {
    let text =
      Scenarios.head(manifests: "web.yaml, rules.yaml")
        + """
          rules: [new.yaml]
          expect: {alerts: [{alert: New}]}

        """
    let files = [
      ("web.yaml", Scenarios.web),
      ("rules.yaml", rule("a", "Old", "up == 0") + "---\n" + rule("b", "Other", "up == 0")),
      ("new.yaml", rule("a", "New", "up == 1")),
    ]
    let result = Scenarios.read(text: text, files: files)
    let scenario = try #require(result.scenario, "\(result.diagnostics)")
    #expect(scenario.rules.flatMap(\.alertNames) == ["Other", "New"])
  }
}
