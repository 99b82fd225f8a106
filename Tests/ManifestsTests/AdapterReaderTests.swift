import ClusterAPI
import Control
import Testing

@testable import Manifests

@Suite struct AdapterReaderTests {
  private func read(_ text: String) -> AdapterSet {
    AdapterReader.read(files: [("config.yaml", Array(text.utf8))])
  }

  private func lines(_ text: String) -> [String] { read(text).diagnostics.map(\.description) }

  private let good = """
    rules:
    - seriesQuery: '{__name__=~"^http_.*",namespace!=""}'
      seriesFilters:
      - isNot: ^http_client_
      resources:
        namespaced: true
        template: "<<.Resource>>"
        overrides:
          kubernetes_namespace: {resource: namespace}
          app: {group: apps, resource: deployment}
      name: {matches: "^(.*)_total$", as: "${1}_per_second"}
      metricsQuery: sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)
    externalRules:
    - seriesQuery: queue_depth
      resources: {namespaced: false}
      metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>})
    resourceRules:
      cpu: {containerQuery: a, nodeQuery: b, anything: c}
    """

  @Test func configurationIsRead() throws {
    let set = read(good)
    #expect(
      set.diagnostics.map(\.description) == [
        "config.yaml:18:3: note: resourceRules: not used: metrics-server answers for the CPU and "
          + "memory of pods and nodes"
      ])
    let entry = try #require(set.entries.first)
    #expect(set.entries.count == 1 && entry.isAccepted && entry.object == nil)
    let rule = try #require(entry.rules.rules.first)
    #expect(rule.metricName(ofSeries: "http_requests_total") == "http_requests_per_second")
    #expect(rule.metricName(ofSeries: "http_client_total") == nil)
    #expect(try rule.resources.label(of: .namespaces) == "kubernetes_namespace")
    #expect(try rule.resources.label(of: AdapterResource(kind: "Deployment")) == "app")
    #expect(try rule.resources.label(of: .pods) == "pod")
    #expect(entry.rules.externalRules.map(\.text.namespaced) == [false])
  }

  @Test func valuesOfTheChartAreRead() throws {
    let rule = "{seriesQuery: up, resources: {template: <<.Resource>>}, metricsQuery: <<.Series>>}"
    let set = read(
      """
      prometheus: {url: http://prometheus}
      rules:
        custom: [\(rule)]
        external: [\(rule)]
        existing:
        resource: {}
      """)
    #expect(set.diagnostics == [])
    #expect(set.entries.first?.rules.rules.count == 7)
    #expect(set.entries.first?.rules.externalRules.count == 1)
    let umbrella = read("prometheus-adapter: {rules: {default: false, custom: [\(rule)]}}")
    #expect(umbrella.entries.first?.rules.rules.count == 1)
    #expect(
      lines("rules:\n  existing: other\n") == [
        "config.yaml:2:13: warning: rules.existing: the rules are those of the ConfigMap `other`, "
          + "and these are not used; name the file of that ConfigMap"
      ])
    #expect(
      lines("rules:\n  costum: []\n") == [
        "config.yaml:2:3: warning: rules.costum: unknown field `costum`: kept, not simulated; "
          + "did you mean `custom`?"
      ])
  }

  /// A rule and what is said of it, behind `config.yaml:`; whether the adapter starts with it.
  @Test(arguments: [
    ("{metricsQuery: up}", "2:3: error: rules[0].seriesQuery: required field is missing", false),
    (
      "{seriesQuery: up, resources: {template: <<.Resource>>}, metricQuery: up, metricsQuery: up}",
      "2:59: error: rules[0].metricQuery: unknown field `metricQuery`; did you mean `metricsQuery`?",
      false
    ),
    (
      "{seriesQuery: 'rate(up[5m])', metricsQuery: up}",
      "2:17: error: rules[0].seriesQuery: a series query is a selector", false
    ),
    (
      "{seriesQuery: '{a=~\"(\"}', metricsQuery: up}",
      "2:19: error: rules[0].seriesQuery: no selector: ", false
    ),
    (
      "{seriesQuery: up, seriesFilters: [{is: a, isNot: b}], metricsQuery: up}",
      "2:42: error: rules[0].seriesFilters[0]: a filter has `is` or `isNot`, not both", false
    ),
    (
      "{seriesQuery: up, seriesFilters: [{isNot: 'a[b'}], metricsQuery: up}",
      "2:47: error: rules[0].seriesFilters[0]: error parsing regexp: missing closing ]: `[b`", false
    ),
    (
      "{seriesQuery: up, name: {matches: '(a)(b)'}, metricsQuery: up}",
      "2:37: error: rules[0].name.matches: `matches` has several groups, and there is no `as`",
      false
    ),
    (
      "{seriesQuery: up, resources: {template: '<<.Kind>>'}, metricsQuery: up}",
      "2:46: error: rules[0].resources.template: can't evaluate field Kind in type struct", false
    ),
    (
      "{seriesQuery: up, resources: {overrides: {pod: {resource: pod}}}, metricsQuery: up}",
      "2:32: error: rules[0].resources: no label stands for the namespace", true
    ),
    (
      "{seriesQuery: up, resources: {template: <<.Resource>>}}",
      "2:3: error: rules[0].metricsQuery: the query is empty", true
    ),
    (
      "{seriesQuery: up, resources: {template: <<.Resource>>}, metricsQuery: 'a <<.Series'}",
      "2:85: error: rules[0].metricsQuery: unclosed action", false
    ),
    (
      "{seriesQuery: up, resources: {template: <<.Resource>>}, metricsQuery: 'sum(<<.Series>>'}",
      "2:73: error: rules[0].metricsQuery: `sum(series` would be asked, and is no PromQL: ", true
    ),
    (
      "{seriesQuery: up, resources: {template: <<.Resource>>}, metricsQuery: '<<.Sries>>'}",
      "2:73: error: rules[0].metricsQuery: template: 1:3: can't evaluate field Sries in type struct",
      true
    ),
    (
      "{seriesQuery: up, resources: {template: <<.Resource>>}, name: {matches: '(.*)_total', "
        + "as: $1_rate}, metricsQuery: up}",
      "2:93: warning: rules[0].name.as: `matches` has no group `1_rate`: it stands for nothing; "
        + "write `${1}_rate`", true
    ),
    (
      "{seriesQuery: up, resources: {overrides: {ns: {resource: namespce}, n: {resource: "
        + "namespace}}}, metricsQuery: up}",
      "2:60: warning: rules[0].resources.overrides.ns.resource: Kubernetes itself has no resource "
        + "`namespce`: taken for a custom one; did you mean `namespace`?", true
    ),
    (
      "{seriesQuery: up, resources: {overrides: {n: {resource: namespace}, "
        + "c: {group: example.com, resource: crocodile}}}, metricsQuery: up}",
      "2:105: note: rules[0].resources.overrides.c.resource: Kubernetes itself has no resource "
        + "`crocodile` in the group `example.com`: taken for a custom one", true
    ),
    ("5", "2:3: error: rules[0]: must be a mapping", false),
  ])
  func whatIsWrongHasItsPlace(rule: String, expected: String, isAccepted: Bool) {
    let set = read("rules:\n- \(rule)\n")
    let lines = set.diagnostics.map(\.description)
    #expect(lines.contains { $0.hasPrefix("config.yaml:" + expected) }, "\(lines)")
    #expect(lines.count == 1)
    #expect(set.entries.map(\.isAccepted) == [isAccepted])
    #expect(set.entries[0].rules.rules.isEmpty == set.hasErrors)
  }

  @Test func configMapsAreFound() throws {
    let inner = good.split(separator: "\n").map { "    \($0)\n" }.joined()
    let text = """
      apiVersion: v1
      kind: List
      items:
      - kind: ConfigMap
        metadata: {name: falco}
        data: {config.yaml: "rules: [{name: a}]"}
      - kind: Deployment
      ---
      kind: ConfigMap
      metadata: {name: adapter, namespace: monitoring}
      data:
        config.yaml: |
      \(inner)
      """
    let set = AdapterReader.read(manifests: [("all.yaml", Array(text.utf8))])
    #expect(set.diagnostics.map(\.location.line) == [30])
    #expect(set.diagnostics.map(\.location.column) == [7])
    let entry = try #require(set.entries.first)
    #expect(set.entries.count == 1 && entry.object == "monitoring/adapter" && entry.isAccepted)
    #expect(entry.rules.rules.count == 1 && entry.location.line == 9)
    // As a file that somebody names, too.
    #expect(AdapterReader.read(files: [("all.yaml", Array(text.utf8))]).entries.count == 1)
    #expect(AdapterReader.read(manifests: [("a.yaml", Array(good.utf8))]).entries.isEmpty)
  }

  @Test func placesAreFoundInsideOfConfigMaps() {
    func lines(_ value: String) -> [String] {
      let text = "kind: ConfigMap\nmetadata: {name: a}\ndata:\n  config.yaml: \(value)\n"
      return AdapterReader.read(manifests: [("m.yaml", Array(text.utf8))]).diagnostics
        .map(\.description)
    }
    #expect(
      lines("|\n    # é\n    rules:\n    - seriesQuery: up\n      sum: a\n") == [
        "m.yaml:7:7: error: data.config.yaml.rules[0].metricsQuery: the query is empty; "
          + "write such as `sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)`",
        "m.yaml:8:7: error: data.config.yaml.rules[0].sum: unknown field `sum`; "
          + "known are seriesQuery, seriesFilters, resources, name, metricsQuery",
      ])
    let broken = lines("|\n    rules:\n    - seriesQuery: up\n      name: [\n")
    #expect(broken.count == 1 && broken[0].hasPrefix("m.yaml:"))
    #expect(lines("|-\n    seriesQuery: 5\n    externalRules: 5\n").count == 2)
    // Where it is folded or escaped, the whole text is named.
    #expect(lines("\"rules:\\n- seriesQuery: 'a b'\\n\"").first?.hasPrefix("m.yaml:4:16: ") == true)
  }

  @Test func whatIsNoConfigurationIsReported() {
    #expect(lines("rules: [").count == 1)
    #expect(lines("rules: 5").count == 1 && lines("[]").count == 1 && lines("a: b").count == 1)
    #expect(lines("rules: []\nrules: []").count == 1)
    #expect(read("").entries.isEmpty && lines("") == [])
    #expect(lines("rules:\n- seriesQuery: {a: b}\n  resources: 5\n  name: 5\n").count >= 3)
    #expect(
      lines("rules:\n- seriesQuery: up\n  seriesFilters: 5\n  metricsQuery: [a]\n").count >= 2)
  }
}
