extension AdapterRules {
  /// What the Helm chart prometheus-community/prometheus-adapter writes of itself
  /// (`rules.default: true`).
  public static let chart = AdapterRules(
    rules: chartTexts.compactMap {
      var problems: [AdapterRuleProblem] = []
      return AdapterRule.read($0, isExternal: false, problems: &problems)
    })

  static let chartTexts: [AdapterRuleText] =
    [
      containerRule(matches: "^container_(.*)_seconds_total$", isNot: nil, isCounter: true),
      containerRule(
        matches: "^container_(.*)_total$", isNot: "^container_.*_seconds_total$", isCounter: true),
      containerRule(matches: "^container_(.*)$", isNot: "^container_.*_total$", isCounter: false),
      otherRule(matches: "", isNot: ".*_total$", isCounter: false),
      otherRule(matches: "^(.*)_total$", isNot: ".*_seconds_total", isCounter: true),
      otherRule(matches: "^(.*)_seconds_total$", isNot: nil, isCounter: true),
    ]

  /// Of cAdvisor's metrics.
  private static func containerRule(
    matches: String, isNot: String?, isCounter: Bool
  ) -> AdapterRuleText {
    var rule = AdapterRuleText(
      seriesQuery: #"{__name__=~"^container_.*",container!="POD",namespace!="",pod!=""}"#,
      metricsQuery: isCounter
        ? #"sum(rate(<<.Series>>{<<.LabelMatchers>>,container!="POD"}[5m])) by (<<.GroupBy>>)"#
        : #"sum(<<.Series>>{<<.LabelMatchers>>,container!="POD"}) by (<<.GroupBy>>)"#)
    rule.overrides = [
      .init("namespace", resource: "namespace"), .init("pod", resource: "pod"),
    ]
    rule.nameMatches = matches
    rule.seriesFilters = isNot.map { [.init(isNot: $0)] } ?? []
    return rule
  }

  /// Of all other metrics.
  private static func otherRule(
    matches: String, isNot: String?, isCounter: Bool
  ) -> AdapterRuleText {
    var rule = AdapterRuleText(
      seriesQuery: #"{namespace!="",__name__!~"^container_.*"}"#,
      metricsQuery: isCounter
        ? "sum(rate(<<.Series>>{<<.LabelMatchers>>}[5m])) by (<<.GroupBy>>)"
        : "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)")
    rule.template = "<<.Resource>>"
    rule.nameMatches = matches
    rule.seriesFilters = isNot.map { [.init(isNot: $0)] } ?? []
    return rule
  }
}
