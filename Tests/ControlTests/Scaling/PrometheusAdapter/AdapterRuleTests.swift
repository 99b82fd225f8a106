import Control
import PromQL
import Testing

/// What prometheus-adapter makes of its rules.
@Suite struct AdapterRuleTests {
  @Test(arguments: [
    ("", "", "http_requests_total", "http_requests_total"),
    ("^(.*)_total$", "", "http_requests_total", "http_requests"),
    ("^(.*)_total$", "${1}_per_second", "http_requests_total", "http_requests_per_second"),
    // Looked for anywhere, and named by what was found.
    ("requests", "", "http_requests_total", "requests"),
    ("^(?P<what>.*)_(.*)$", "$what.$2", "http_requests_total", "http_requests.total"),
    ("^(.*)_seconds$", "", "http_requests_total", nil),
  ])
  func seriesAreNamed(matches: String, as name: String, series: String, expected: String?) throws {
    let rule = try adapterRule("{namespace!=\"\"}", matches: matches, as: name)
    #expect(rule.metricName(ofSeries: series) == expected)
  }

  @Test func seriesAreFiltered() throws {
    let rule = try adapterRule("{namespace!=\"\"}") {
      $0.seriesFilters = [.init(is: "^http_"), .init(isNot: "_total$")]
    }
    let names = ["http_requests", "http_requests_total", "grpc_requests"]
    #expect(names.map { rule.metricName(ofSeries: $0) } == ["http_requests", nil, nil])
  }

  @Test func resourcesHaveLabels() throws {
    let rule = try adapterRule("up") {
      $0.template = "kube_<<.Group>>_<<.Resource>>"
      $0.overrides = [.init("namespace", resource: "namespaces"), .init("app", resource: "widget")]
    }
    let labels = rule.resources
    #expect(
      try labels.label(of: AdapterResource(kind: "Ingress")) == "kube_networking_k8s_io_ingress")
    #expect(try labels.label(of: AdapterResource(kind: "Deployment")) == "kube_apps_deployment")
    #expect(try labels.label(of: .namespaces) == "namespace")
    #expect(try labels.label(of: AdapterResource(kind: "Widget")) == "app")
    #expect(labels.resource(of: "kube_apps_deployment") == AdapterResource(kind: "Deployment"))
    #expect(labels.resource(of: "namespace") == .namespaces)
    #expect(labels.resource(of: "kube_apps_cat") == nil && labels.resource(of: "pod") == nil)
  }

  @Test func resourcesAreFoundByTheirWords() {
    #expect(AdapterResource(group: "", resource: "pod") == .pods)
    #expect(AdapterResource(group: "", resource: "Pods") == .pods)
    #expect(AdapterResource(group: "networking", resource: "ingress")?.group == "networking.k8s.io")
    #expect(AdapterResource(group: "apps", resource: "pod") == nil)
    #expect(AdapterResource(kind: "Gateway").name == "gateways")
    #expect(AdapterResource(kind: "NetworkPolicy").name == "networkpolicies")
    #expect(!AdapterResource(kind: "PersistentVolume").isNamespaced)
  }

  private func problems(
    isExternal: Bool = false, _ change: (inout AdapterRuleText) -> Void
  ) -> [AdapterRuleProblem] {
    var text = AdapterRuleText(
      seriesQuery: "up", metricsQuery: "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)")
    text.template = "<<.Resource>>"
    change(&text)
    var problems: [AdapterRuleProblem] = []
    let rule = AdapterRule.read(text, isExternal: isExternal, problems: &problems)
    #expect((rule == nil) == problems.contains { $0.consequence != .surprise })
    return problems
  }

  private func expect(
    _ field: AdapterRuleProblem.Field, _ consequence: AdapterRuleProblem.Consequence,
    _ message: String, at offset: Int = 0, _ change: (inout AdapterRuleText) -> Void,
    _ place: SourceLocation = #_sourceLocation
  ) {
    let found = problems(change)
    #expect(found.count == 1, sourceLocation: place)
    guard let problem = found.first else { return }
    #expect(
      problem.field == field && problem.consequence == consequence && problem.offset == offset
        && problem.message.contains(message), "\(problem)", sourceLocation: place)
  }

  @Test func whatIsWrongIsSaid() {
    expect(.seriesQuery, .nothingIsServed, "the series query is empty") { $0.seriesQuery = "" }
    expect(.seriesQuery, .nothingIsServed, "is a selector") { $0.seriesQuery = "rate(up[5m])" }
    expect(.seriesQuery, .nothingIsServed, "is a selector") { $0.seriesQuery = "up offset 5m" }
    expect(.seriesQuery, .nothingIsServed, "no selector: ", at: 2) { $0.seriesQuery = "up}" }
    expect(.seriesFilter(1), .nothingIsServed, "not both") {
      $0.seriesFilters = [.init(is: "a"), .init(is: "a", isNot: "b")]
    }
    expect(.seriesFilter(0), .nothingIsServed, "needs `is` or `isNot`") {
      $0.seriesFilters = [.init()]
    }
    expect(.seriesFilter(0), .nothingIsServed, "missing closing )") {
      $0.seriesFilters = [.init(isNot: "(a")]
    }
    expect(.nameMatches, .nothingIsServed, "missing closing ]", at: 1) { $0.nameMatches = "a[" }
    expect(.nameMatches, .nothingIsServed, "several groups, and there is no `as`") {
      $0.nameMatches = "(a)(b)"
    }
    expect(.template, .nothingIsServed, "unclosed action", at: 11) { $0.template = "<<.Resource" }
    expect(.template, .nothingIsServed, "can't evaluate field Kind", at: 2) {
      $0.template = "<<.Kind>>"
    }
    expect(.template, .nothingIsServed, "does not name `<<.Resource>>`") { $0.template = "pod" }
    expect(.template, .nothingIsServed, "no pattern of labels") { $0.template = "<<.Resource>>(" }
    expect(.metricsQuery, .ruleIsDead, "the query is empty") { $0.metricsQuery = "" }
    expect(.metricsQuery, .nothingIsServed, "function \"join\" not defined", at: 25) {
      $0.metricsQuery = "sum(up) by (<<.GroupBy | join>>)"
    }
    expect(.metricsQuery, .ruleIsDead, "can't evaluate field Labels") {
      $0.metricsQuery = "up{<<.Labels>>}"
    }
    expect(.metricsQuery, .ruleIsDead, "`sum(series{` would be asked, and is no PromQL") {
      $0.metricsQuery = "sum(<<.Series>>{"
    }
    expect(.resources, .ruleIsDead, "no label stands for the namespace") {
      $0.template = ""
      $0.overrides = [.init("pod", resource: "pod")]
    }
  }

  @Test func whatSurprisesIsSaid() {
    expect(.nameAs, .surprise, "`matches` has no group `1_per_second`") {
      $0.nameMatches = "^(.*)_total$"
      $0.nameAs = "$1_per_second"
    }
    #expect(
      problems {
        $0.nameMatches = "^(.*)_total$"
        $0.nameAs = "$1_per_second"
      }.first?.remedy == "write `${1}_per_second`")
    expect(.override("pod_name"), .surprise, "the label `pod` stands for pods too") {
      $0.overrides = [.init("pod_name", resource: "pod"), .init("pod", resource: "pods")]
    }
  }

  @Test func externalMetricsNeedNoNamespace() {
    let none: (inout AdapterRuleText) -> Void = { $0.template = "" }
    #expect(problems(isExternal: true, none).map(\.field) == [.resources])
    #expect(
      problems(isExternal: true) {
        $0.template = ""
        $0.namespaced = false
      } == [])
  }
}
