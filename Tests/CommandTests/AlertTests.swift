import Foundation
import Testing

/// The user's own alerts: checked with the manifests, and watched while a change of them is rehearsed.
@Suite struct AlertTests {
  private static let rules = """
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: {name: web}
    spec:
      groups:
      - name: web
        interval: 15s
        rules:
        - alert: Unready
          expr: kube_deployment_status_replicas_unavailable{deployment="web"} > 0
          for: 1m
        - alert: UnreadyForLong
          expr: kube_deployment_status_replicas_unavailable{deployment="web"} > 0
          for: 2h
        - alert: Watchdog
          expr: vector(1)
        - alert: Never
          expr: kube_deployment_status_replicas > 1000
    """

  private func validate(_ rules: String, _ words: String...) throws -> Executable.Result {
    try Sandbox.with(["k8s/rules.yaml": rules, "k8s/web.yaml": Sandbox.web]) {
      try Executable.run(["validate", "k8s"] + words, in: $0.folder)
    }
  }

  @Test func rulesAreReadWithTheManifests() throws {
    let result = try validate(Self.rules)
    #expect(result.code == 0 && !result.output.contains("rules.yaml"), "\(result.output)")
    #expect(result.output.contains("2 read, 0 not simulated"))
    #expect(result.output.contains("evaluated: PrometheusRule 1"))
  }

  @Test func aWrongRuleIsPointedAt() throws {
    let wrong = Self.rules.replacing("vector(1)", with: "vectr(1)")
    let result = try validate(wrong)
    #expect(result.code == 2)
    #expect(result.output.contains("rules.yaml:16:13: error:"), "\(result.output)")
    #expect(result.output.contains("did you mean vector?"))
    let json = try validate(wrong, "--output", "json")
    #expect(json.code == 2 && json.output.contains("vectr"))
    try Sandbox.with(["rules.yaml": wrong, "web.yaml": Sandbox.web]) { sandbox in
      let result = try Executable.run(["rehearse", "-f", ".", "--no-record"], in: sandbox.folder)
      #expect(result.code == 2 && result.output.isEmpty, "\(result.output)")
      #expect(result.errors.contains("rules.yaml:16:13: error:"), "\(result.errors)")
    }
  }

  @Test func anUnknownMetricIsAWarning() throws {
    let typo = Self.rules.replacing(
      "kube_deployment_status_replicas >", with: "kube_deployment_status_replica >")
    let result = try validate(typo)
    #expect(result.code == 0)
    #expect(
      result.output.contains(
        "rules.yaml:17:7: warning: Never: nothing in a run shows the metric "
          + "`kube_deployment_status_replica`; did you mean `kube_deployment_status_replicas`?"),
      "\(result.output)")
  }

  private static let words = ["--seeds", "1", "--no-record", "--fail-on", "never"]

  @Test func aRehearsalSaysWhichAlertsFire() throws {
    try Sandbox.with(["k8s/rules.yaml": Self.rules, "k8s/web.yaml": Sandbox.web]) { sandbox in
      let result = try Executable.run(
        ["rehearse", "-f", "k8s", "--set-image", "web=shop/web:v2", "--output", "markdown=c.md"]
          + Self.words,
        in: sandbox.folder)
      #expect(result.code == 0, "\(result.errors)")
      let text = result.output
      let blocks = text.components(separatedBy: "\n✗ ")
      let crash = try #require(blocks.first { $0.hasPrefix("new version crashes") }, "\(text)")
      #expect(crash.contains("      alerts: Unready within "), "\(crash)")
      let lines = text.components(separatedBy: "\n")
      let pulled = try #require(lines.firstIndex { $0.contains("new image cannot be pulled") })
      let pending = lines[pulled...].first { $0.hasPrefix("      alerts: ") }
      #expect(pending?.contains(", UnreadyForLong within 2 h ") == true, "\(pending ?? text)")
      #expect(pending?.hasSuffix(" if that goes on") == true)
      #expect(text.contains("\nalerts: Unready fires in "))
      #expect(text.contains("; Never in none\nwithout any change fires: Watchdog\n"), "\(text)")
      let comment = try String(contentsOfFile: "\(sandbox.folder)/c.md", encoding: .utf8)
      #expect(comment.contains("| Not survived | Runs | Why | Alerts |"))
      #expect(comment.contains("| Unready within "))
    }
  }

  @Test func thePageShowsWhatIsPrinted() throws {
    let page = try String(
      contentsOf: Executable.package.appendingPathComponent("docs/rehearse.md"), encoding: .utf8)
    let section = try #require(page.components(separatedBy: "## Your alerts\n").last)
    let parts = section.components(separatedBy: "```\n")
    let command = try #require(
      parts[0].split(separator: "\n").first { $0.hasPrefix("    wavetank rehearse ") })
    let words = command.split(separator: " ").dropFirst().map(String.init)
    let result = try Executable.run(words + ["--no-record"])
    #expect(result.code == 0, "\(result.errors)")
    let lines = Set(result.output.split(separator: "\n"))
    for line in parts[1].split(separator: "\n") {
      #expect(lines.contains(line), "docs/rehearse.md is stale: \(line)")
    }
  }

  @Test func ruleFilesAreEvaluatedToo() throws {
    let file = "groups: [{name: g, rules: [{alert: Always, expr: 'up or vector(1)'}]}]"
    try Sandbox.with([
      "web.yaml": Sandbox.web, "prometheus/rules.yml": file, "none.yml": "groups: []",
      "k.yml": "kind: A",
    ]) { sandbox in
      let command = ["rehearse", "-f", "web.yaml", "--set-image", "web=shop/web:v2", "--rules"]
      let result = try Executable.run(
        command + ["prometheus", "--save", "saved"] + Self.words, in: sandbox.folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("without any change fires: Always\n"))
      let again = try Executable.run(["run", "saved", "--no-record"], in: sandbox.folder)
      #expect(again.code <= 1 && again.output.contains("runs of"), "\(again.errors)")
      let none = try Executable.run(command + ["k.yml"] + Self.words, in: sandbox.folder)
      #expect(none.code == 2 && none.errors.contains("k.yml:1:1: error: the file holds no rules"))
      let missing = try Executable.run(command + ["x.yml"] + Self.words, in: sandbox.folder)
      #expect(missing.code == 2 && missing.errors.contains("cannot read `x.yml`"))
    }
  }

  /// Without alerts nothing is said of them.
  @Test func aRehearsalWithoutAlertsIsSilent() throws {
    try Sandbox.with(["web.yaml": Sandbox.web]) { sandbox in
      let result = try Executable.run(
        ["rehearse", "-f", "web.yaml", "--set-image", "web=shop/web:v2", "--output", "json"]
          + Self.words,
        in: sandbox.folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("\"alerts\": []") && !result.output.contains("alert fires"))
    }
  }

  /// A rule that the change changes is watched as it is to be.
  @Test func theRulesOfTheNewTreeAreEvaluated() throws {
    let new = Self.rules.replacing("alert: Never", with: "alert: Often")
      .replacing("> 1000", with: "> 0")
    try Sandbox.with([
      "old/rules.yaml": Self.rules, "old/web.yaml": Sandbox.web, "new/rules.yaml": new,
      "new/web.yaml": Sandbox.web.replacing("shop/web:v1", with: "shop/web:v2"),
    ]) { sandbox in
      let result = try Executable.run(
        ["rehearse", "--base", "old", "-f", "new", "--save", "saved"] + Self.words,
        in: sandbox.folder)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("without any change fires: Watchdog, Often\n"))
      #expect(!result.output.contains("Never in"))
      let scenario = try String(
        contentsOfFile: "\(sandbox.folder)/saved/healthy-change.yaml", encoding: .utf8)
      #expect(scenario.contains("rules: [\"applied-change.yaml\"]"))
    }
  }
}
