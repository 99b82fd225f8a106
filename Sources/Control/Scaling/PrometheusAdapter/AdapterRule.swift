public import PromQL

/// A rule of prometheus-adapter, read and checked (`naming.metricNamer`).
public struct AdapterRule: Sendable {
  public let text: AdapterRuleText
  /// Of `seriesQuery`.
  public let matchers: [LabelMatcher]
  public let resources: ResourceLabels
  let template: AngleTemplate
  private let filters: [(pattern: SearchPattern, isWanted: Bool)]
  private let nameMatches: SearchPattern
  private let nameAs: String

  /// - Parameters:
  ///   - isExternal: stands among `externalRules`.
  ///   - problems: gets what is wrong.
  /// - Returns: nil where the rule would serve nothing (`NamersFromConfig`).
  public static func read(
    _ text: AdapterRuleText, isExternal: Bool, problems: inout [AdapterRuleProblem]
  ) -> AdapterRule? {
    var found: [AdapterRuleProblem] = []
    defer { problems += found }
    let matchers = selector(text.seriesQuery, &found)
    let filters = filters(text.seriesFilters, &found)
    let resources = ResourceLabels(text, problems: &found)
    let name = name(text, &found)
    let template = template(text.metricsQuery, &found)
    guard let matchers, let name, let template else { return nil }
    let rule = AdapterRule(
      text: text, matchers: matchers, resources: resources, template: template, filters: filters,
      nameMatches: name.matches, nameAs: name.as)
    if found.contains(where: { $0.consequence != .surprise }) { return nil }
    rule.checkNamespace(isExternal, &found)
    rule.checkQuery(&found)
    return found.contains { $0.consequence != .surprise } ? nil : rule
  }

  /// The metric's name in the API; nil where the rule is not about the series
  /// (`FilterSeries`, `MetricNameForSeries`).
  public func metricName(ofSeries name: String) -> String? {
    for filter in filters where filter.pattern.isFound(in: name) != filter.isWanted { return nil }
    guard let groups = nameMatches.groups(in: name) else { return nil }
    return nameMatches.expand(nameAs, groups: groups)
  }
}

extension AdapterRule: Hashable {
  public static func == (a: AdapterRule, b: AdapterRule) -> Bool { a.text == b.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

// What is read of the fields.
extension AdapterRule {
  private static func selector(
    _ text: String, _ problems: inout [AdapterRuleProblem]
  ) -> [LabelMatcher]? {
    do {
      if case .selector(let node) = try PromQL.Query(text).expression, node.modifiers == .init() {
        return node.matchers
      }
      problems.append(
        .init(
          .seriesQuery, .nothingIsServed,
          "a series query is a selector, without functions and times",
          remedy: "write such as `{__name__=~\"^http_.*\",namespace!=\"\"}`"))
    } catch {
      let message =
        text.isEmpty ? "the series query is empty" : "no selector: \(error.description(in: text))"
      problems.append(
        .init(.seriesQuery, .nothingIsServed, message, at: error.range?.start ?? 0))
    }
    return nil
  }

  private static func filters(
    _ written: [AdapterRuleText.Filter], _ problems: inout [AdapterRuleProblem]
  ) -> [(pattern: SearchPattern, isWanted: Bool)] {
    var result: [(pattern: SearchPattern, isWanted: Bool)] = []
    for (index, filter) in written.enumerated() {
      let isWanted = !filter.wanted.isEmpty
      if isWanted == !filter.unwanted.isEmpty {
        problems.append(
          .init(
            .seriesFilter(index), .nothingIsServed,
            isWanted ? "a filter has `is` or `isNot`, not both" : "a filter needs `is` or `isNot`"))
      } else if let pattern = pattern(
        isWanted ? filter.wanted : filter.unwanted, .seriesFilter(index), &problems)
      {
        result.append((pattern, isWanted))
      }
    }
    return result
  }

  private static func pattern(
    _ text: String, _ field: AdapterRuleProblem.Field, _ problems: inout [AdapterRuleProblem]
  ) -> SearchPattern? {
    do {
      return try SearchPattern(text)
    } catch {
      problems.append(.init(field, .nothingIsServed, error.description, at: error.offset))
      return nil
    }
  }

  private static func name(
    _ text: AdapterRuleText, _ problems: inout [AdapterRuleProblem]
  ) -> (matches: SearchPattern, as: String)? {
    let written = text.nameMatches.isEmpty ? ".*" : text.nameMatches
    guard let pattern = pattern(written, .nameMatches, &problems) else { return nil }
    if text.nameAs.isEmpty {
      if pattern.groupNames.count < 3 { return (pattern, "$\(pattern.groupNames.count - 1)") }
      problems.append(
        .init(
          .nameMatches, .nothingIsServed, "`matches` has several groups, and there is no `as`",
          remedy: "add `as:`, such as `\"${1}_per_second\"`"))
      return nil
    }
    for name in pattern.missingGroups(of: text.nameAs) {
      let digits = name.prefix { $0.isASCII && $0.isNumber }
      let meant =
        digits.isEmpty || digits == name ? nil : "${\(digits)}\(name.dropFirst(digits.count))"
      problems.append(
        .init(
          .nameAs, .surprise, "`matches` has no group `\(name)`: it stands for nothing",
          remedy: meant.map { "write `\($0)`" }))
    }
    return (pattern, text.nameAs)
  }

  private static func template(
    _ text: String, _ problems: inout [AdapterRuleProblem]
  ) -> AngleTemplate? {
    if text.isEmpty {
      problems.append(
        .init(
          .metricsQuery, .ruleIsDead, "the query is empty",
          remedy: "write such as `sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)`"))
      return nil
    }
    do {
      return try AngleTemplate(text)
    } catch {
      problems.append(
        .init(
          .metricsQuery, .nothingIsServed, error.message, at: error.offset(in: text)))
      return nil
    }
  }

  /// All that autoscalers ask is about a namespace.
  private func checkNamespace(_ isExternal: Bool, _ problems: inout [AdapterRuleProblem]) {
    if isExternal && !text.namespaced || (try? resources.label(of: .namespaces)) != nil { return }
    problems.append(
      .init(
        .resources, .ruleIsDead, "no label stands for the namespace, so that no query can be made",
        remedy: isExternal
          ? "add `namespaced: false`, or `overrides: {namespace: {resource: namespace}}`"
          : "add `overrides: {namespace: {resource: namespace}, pod: {resource: pod}}`"))
  }

  /// Asks for something, to see whether PromQL comes out.
  private func checkQuery(_ problems: inout [AdapterRuleProblem]) {
    let query: String
    do {
      query = try AdapterMetric(rule: self, series: "series").sample()
    } catch {
      problems.append(.init(.metricsQuery, .ruleIsDead, error.message))
      return
    }
    do {
      _ = try PromQL.Query(query)
    } catch {
      problems.append(
        .init(
          .metricsQuery, .ruleIsDead,
          "`\(query)` would be asked, and is no PromQL: \(error.description(in: query))"))
    }
  }
}
