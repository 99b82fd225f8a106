import Control
import Manifests
import Testing
import World

@testable import Harness

/// Where a scenario's rules of prometheus-adapter come from.
@Suite struct AdapterTableTests {
  private let web = """
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80}]}
    """

  private let rule =
    "{seriesQuery: up, resources: {template: <<.Resource>>}, metricsQuery: <<.Series>>}"

  private func configMap(_ name: String, _ text: String) -> String {
    "\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata:\n  config.yaml: |\n"
      + text.split(separator: "\n").map { "    \($0)\n" }.joined()
  }

  private func read(
    _ spec: String = "", manifests: String = "", files: [(name: String, text: String)] = []
  ) -> ScenarioReader.Result {
    Scenarios.read(
      text: Scenarios.head() + "  expect: {invariants: [NoRequestLost]}\n" + spec,
      files: [("web.yaml", web + manifests)] + files)
  }

  private func words(_ result: ScenarioReader.Result) -> [String] {
    result.diagnostics.filter { $0.message.contains("adapter") || $0.path.contains("adapter") }
      .map(\.description)
  }

  @Test func theChartsRulesAreTheDefault() throws {
    let scenario = try #require(read().scenario)
    #expect(scenario.adapter == .chart)
    #expect(Plan(scenario).options(seed: 1).adapter == .chart)
  }

  @Test func filesAreNamed() throws {
    let files = [
      (name: "config.yaml", text: "rules: [\(rule)]"),
      (name: "values.yaml", text: "rules: {default: false, external: [\(rule)]}"),
    ]
    let result = read(
      "  adapter: [config.yaml, values.yaml]\n", manifests: configMap("a", "rules: [\(rule)]\n"),
      files: files)
    let scenario = try #require(result.scenario)
    #expect(scenario.adapter.rules.map(\.text.seriesQuery) == ["up"])
    #expect(scenario.adapter.externalRules.count == 1)
    #expect(scenario.files.map(\.name).contains("values.yaml"))
    #expect(!scenario.beginsLike(try #require(read().scenario)))
  }

  @Test func whatCannotBeReadIsReported() {
    let missing = read("  adapter: missing.yaml\n")
    #expect(
      words(missing) == [
        "scenario.yaml:8:12: error: spec.adapter: cannot read `missing.yaml`; "
          + "write a file or a folder, relative to this file"
      ])
    #expect(
      words(read("  adapter: web.yaml\n")) == [
        "scenario.yaml:8:12: error: spec.adapter: `web.yaml` holds no configuration of "
          + "prometheus-adapter; write `rules:`, or a ConfigMap with `config.yaml`"
      ])
    let wrong = read("  adapter: a.yaml\n", files: [("a.yaml", "rules: [{seriesQuery: '('}]")])
    #expect(wrong.scenario == nil)
    #expect(
      wrong.diagnostics.contains {
        $0.description.hasPrefix("a.yaml:1:25: error: rules[0].seriesQuery")
      })
  }

  @Test func theConfigMapAmongManifestsCounts() throws {
    let result = read(
      manifests: configMap("resources", "resourceRules: {cpu: {containerQuery: seriesQuery}}\n")
        + configMap("first", "rules: [\(rule)]\n")
        + configMap("second", "rules: []\n# seriesQuery\n")
        + configMap("third", "rules: [\(rule)]\n"))
    #expect(result.scenario?.adapter.rules.map(\.text.seriesQuery) == ["up"])
    #expect(
      words(result).contains {
        $0.contains("ConfigMap default/third is not used: the adapter has that at web.yaml:")
      }, "\(words(result))")
  }

  @Test func anAdapterThatDoesNotStartAnswersNothing() throws {
    let result = read(manifests: configMap("a", "rules: [{seriesQuery: '('}]\n"))
    let scenario = try #require(result.scenario)
    #expect(scenario.adapter.isEmpty)
    #expect(
      words(result).contains {
        $0.contains("prometheus-adapter refuses ConfigMap default/a, and answers no query")
      })
    // One rule that can give no value leaves the others alone.
    let dead = read(manifests: configMap("a", "rules: [\(rule), {seriesQuery: up}]\n"))
    #expect(dead.scenario?.adapter.rules.count == 1)
  }
}
