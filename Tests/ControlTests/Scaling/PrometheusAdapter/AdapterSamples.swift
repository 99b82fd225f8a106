import Control
import PromQL
import Testing

/// A rule without problems.
func adapterRule(
  _ seriesQuery: String, matches: String = "", as name: String = "",
  _ metricsQuery: String = "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)",
  isExternal: Bool = false, _ change: (inout AdapterRuleText) -> Void = { _ in }
) throws -> AdapterRule {
  var text = AdapterRuleText(seriesQuery: seriesQuery, metricsQuery: metricsQuery)
  text.template = "<<.Resource>>"
  text.nameMatches = matches
  text.nameAs = name
  change(&text)
  var problems: [AdapterRuleProblem] = []
  let rule = AdapterRule.read(text, isExternal: isExternal, problems: &problems)
  #expect(problems == [])
  return try #require(rule)
}

/// Two samples of each series, at 30 s and at 60 s.
func prometheus(_ series: (String, [(String, String)], Double)...) -> AdapterPrometheus<SeriesStore>
{
  var store = SeriesStore()
  for (name, labels, value) in series {
    let labels = Labels(name: name, labels.map { Label($0.0, $0.1) })
    store.add(Samples(times: [30_000, 60_000], values: [value, value]), to: labels)
  }
  return AdapterPrometheus(source: store, names: store.metricNames, time: 60_000)
}
