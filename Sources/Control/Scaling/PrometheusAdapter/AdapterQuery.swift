public import ClusterAPI
import PromQL

/// A metric that the adapter serves: a series by its name, and the rule that it is of.
public struct AdapterMetric: Hashable, Sendable {
  public var rule: AdapterRule
  public var series: String

  public init(rule: AdapterRule, series: String) {
    self.rule = rule
    self.series = series
  }

  /// The query for objects of a resource (`metricsQuery.Build`).
  ///
  /// - Parameters:
  ///   - names: of the objects, at least one.
  ///   - namespace: theirs; empty for objects outside of all namespaces.
  public func query(
    of resource: AdapterResource, named names: [String], namespace: String,
    selector: LabelSelector? = nil
  ) throws(AdapterError) -> String {
    var conditions = try conditions(namespace, selector)
    let label = try rule.resources.label(of: resource)
    let wanted = names.joined(separator: "|")
    conditions.append(Condition(label, names.count > 1 ? .matches : .equal, wanted))
    return try filled(conditions, groupBy: [label])
  }

  /// The query for a metric of no object (`metricsQuery.BuildExternal`).
  ///
  /// - Parameter namespace: of the autoscaler.
  public func externalQuery(
    namespace: String, selector: LabelSelector? = nil
  ) throws(AdapterError) -> String {
    let conditions = try conditions(rule.text.namespaced ? namespace : "", selector)
    return try filled(conditions, groupBy: [])
  }

  /// A query as it may be asked.
  func sample() throws(AdapterError) -> String {
    try filled(
      [Condition("namespace", .equal, "namespace"), Condition("pod", .matches, "pod-1|pod-2")],
      groupBy: ["pod"])
  }

  /// One label matcher (`queryPart`).
  private struct Condition {
    var label: String
    var operation: PromQL.LabelMatcher.Operation
    var value: String

    init(_ label: String, _ operation: PromQL.LabelMatcher.Operation, _ value: String) {
      self.label = label
      self.operation = operation
      self.value = value
    }
  }

  private func conditions(
    _ namespace: String, _ selector: LabelSelector?
  ) throws(AdapterError) -> [Condition] {
    var result = try selector.map(AdapterMetric.conditions) ?? []
    if !namespace.isEmpty {
      result.append(
        Condition(try rule.resources.label(of: .namespaces), .equal, namespace))
    }
    return result
  }

  /// `processQueryParts`: requirements by key, values sorted; a value stands as it is, in a pattern too.
  private static func conditions(
    _ selector: LabelSelector
  ) throws(AdapterError) -> [Condition] {
    var result: [Condition] = []
    for (key, value) in selector.matchLabels { result.append(Condition(key, .equal, value)) }
    for requirement in selector.matchExpressions {
      let values = requirement.values.sorted().joined(separator: "|")
      switch requirement.op {
      case .in: result.append(Condition(requirement.key, .matches, values))
      case .notIn: result.append(Condition(requirement.key, .matchesNot, values))
      case .exists: result.append(Condition(requirement.key, .notEqual, ""))
      case .doesNotExist: result.append(Condition(requirement.key, .equal, ""))
      case .other(let word): throw AdapterError("`\(word)` is no operator of a selector")
      }
    }
    return result.enumerated().sorted {
      ($0.element.label, $0.offset) < ($1.element.label, $1.offset)
    }.map(\.element)
  }

  private func filled(
    _ conditions: [Condition], groupBy: [String]
  ) throws(AdapterError) -> String {
    let matchers = conditions.map { PromQL.LabelMatcher.text($0.label, $0.operation, $0.value) }
    let query: String
    do {
      query = try rule.template.expanded([
        .text("Series", series), .text("LabelMatchers", matchers.joined(separator: ",")),
        .map(
          "LabelValuesByName", PromQL.Labels(conditions.map { PromQL.Label($0.label, $0.value) })),
        .text("GroupBy", groupBy.joined(separator: ",")), .texts("GroupBySlice", groupBy),
      ])
    } catch {
      throw AdapterError(error.description)
    }
    if query.isEmpty { throw AdapterError("the template makes an empty query") }
    return query
  }
}
