import ClusterAPI
import Control
import PromQL
import Testing

/// Queries, as `TestBuildSelector` and `TestBuildExternalSelector` of prometheus-adapter have them.
@Suite struct AdapterQueryTests {
  private func metric(_ query: String, _ change: (inout AdapterRuleText) -> Void = { _ in }) throws
    -> AdapterMetric
  {
    let rule = try adapterRule("foo", query, isExternal: true) {
      $0.template = "<<.Resource>>"
      change(&$0)
    }
    return AdapterMetric(rule: rule, series: "foo")
  }

  /// Behind a query that is PromQL.
  private func pods(_ template: String, _ names: [String], _ selector: LabelSelector? = nil) throws
    -> String
  {
    let text = try metric("1 # " + template)
      .query(of: .pods, named: names, namespace: "default", selector: selector)
    return String(text.dropFirst(4))
  }

  private func external(_ template: String, _ selector: LabelSelector? = nil) throws -> String {
    let text = try metric("1 # " + template)
      .externalQuery(namespace: "default", selector: selector)
    return String(text.dropFirst(4))
  }

  @Test(arguments: [
    ("<<.Series>>", "foo"),
    ("<<.LabelMatchers>>", "namespace=\"default\",pod=~\"bar|baz\""),
    (
      "<<index .LabelValuesByName \"namespace\">> <<index .LabelValuesByName \"pod\">>",
      "default bar|baz"
    ),
    ("<<.LabelValuesByName>>", "map[namespace:default pod:bar|baz]"),
    ("<<.GroupBy>>", "pod"),
    ("<<.GroupBySlice>> <<index .GroupBySlice 0>> <<len .GroupBySlice>>", "[pod] pod 1"),
    ("<<range .GroupBySlice>>(<<.>>)<<end>>", "(pod)"),
    ("<<.Series | printf \"%q\" ->> x", "\"foo\"x"),
    ("<<if .GroupBy>>yes<<else>>no<<end>>", "yes"),
  ])
  func templatesAreFilled(template: String, expected: String) throws {
    #expect(try pods(template, ["bar", "baz"]) == expected)
  }

  @Test func oneObjectIsAskedByItsName() throws {
    #expect(try pods("<<.LabelMatchers>>", ["bar"]) == "namespace=\"default\",pod=\"bar\"")
    let metric = try metric("sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)")
    #expect(
      try metric.query(of: AdapterResource(kind: "Ingress"), named: ["web"], namespace: "shop")
        == "sum(foo{namespace=\"shop\",ingress=\"web\"}) by (ingress)")
    #expect(
      try metric.query(of: .namespaces, named: ["shop"], namespace: "")
        == "sum(foo{namespace=\"shop\"}) by (namespace)")
  }

  @Test func selectorsBecomeMatchers() throws {
    let selector = LabelSelector(
      matchLabels: ["verb": "GET"],
      matchExpressions: [
        .init(key: "zone", op: .exists), .init(key: "code", op: .notIn, values: ["500"]),
        .init(key: "path", op: .in, values: ["/b", "/a"]), .init(key: "canary", op: .doesNotExist),
        .init(key: "app", op: .in, values: ["a\"b"]),
      ])
    let matchers =
      #"app=~"a\"b",canary="",code!~"500",path=~"/a|/b",verb="GET",zone!="""#
    #expect(
      try pods("<<.LabelMatchers>>", ["p"], selector)
        == matchers + ",namespace=\"default\",pod=\"p\"")
    #expect(
      try external("<<.LabelMatchers>>", selector) == matchers + ",namespace=\"default\"")
    #expect(try external("<<.GroupBy>><<.GroupBySlice>>") == "[]")
    let odd = LabelSelector(matchExpressions: [.init(key: "a", op: .init("Gt"), values: ["1"])])
    #expect(throws: AdapterError.self) { try external("", odd) }
  }

  @Test func externalMetricsMayBeOfAllNamespaces() throws {
    let metric = try metric("sum(<<.Series>>{<<.LabelMatchers>>})") { $0.namespaced = false }
    #expect(try metric.externalQuery(namespace: "default") == "sum(foo{})")
  }
}
