import PromQL
import Units

extension AnalysisTemplate {
  /// The metrics of a template and of those that it names, with arguments filled in.
  ///
  /// - Parameter all: where the templates that it names are looked up.
  /// - Throws: where an argument has no value, a text says nothing that its field can hold, or two metrics
  ///   have one name.
  public static func metrics(
    of templates: [AnalysisTemplate], _ arguments: [AnalysisVariable]
  ) throws(AnalysisError) -> [AnalysisMetric] {
    var metrics: [AnalysisMetric] = []
    for template in templates {
      for metric in template.metrics {
        if metrics.contains(where: { $0.name == metric.name }) {
          throw AnalysisError("two metrics have the name `\(metric.name)`")
        }
        metrics.append(try template.filled(metric, arguments))
      }
    }
    let dryRun = templates.flatMap(\.dryRun)
    for index in metrics.indices {
      for pattern in dryRun {
        guard let pattern = try? LabelPattern(".*(?:\(pattern)).*") else {
          throw AnalysisError("`\(pattern)` of `dryRun` is no regular expression")
        }
        if pattern.matches(metrics[index].name) { metrics[index].isDryRun = true }
      }
    }
    return metrics
  }

  private func filled(
    _ metric: Metric, _ arguments: [AnalysisVariable]
  ) throws(AnalysisError) -> AnalysisMetric {
    var result = AnalysisMetric()
    result.name = metric.name
    result.query = try ArgumentText.filled(metric.query, arguments)
    result.interval = try span(metric.interval, "interval", metric, arguments)
    result.initialDelay = try span(metric.initialDelay, "initialDelay", metric, arguments) ?? .zero
    let count = try number(metric.count, "count", metric, arguments)
    // Neither a count nor an interval: one measurement; a count of 0 is none (`EffectiveCount`).
    result.count = count.flatMap { $0 == 0 ? nil : $0 } ?? (result.interval == nil ? 1 : nil)
    if let limit = try number(metric.failureLimit, "failureLimit", metric, arguments) {
      result.failureLimit = limit
    }
    if let limit = try number(metric.inconclusiveLimit, "inconclusiveLimit", metric, arguments) {
      result.inconclusiveLimit = limit
    }
    if let limit = try number(
      metric.consecutiveErrorLimit, "consecutiveErrorLimit", metric, arguments)
    {
      result.consecutiveErrorLimit = limit
    }
    if let limit = try number(
      metric.consecutiveSuccessLimit, "consecutiveSuccessLimit", metric, arguments)
    {
      result.consecutiveSuccessLimit = limit
    }
    result.successCondition = try condition(metric.successCondition, metric, arguments)
    result.failureCondition = try condition(metric.failureCondition, metric, arguments)
    return result
  }

  private func span(
    _ text: String?, _ field: String, _ metric: Metric, _ arguments: [AnalysisVariable]
  ) throws(AnalysisError) -> Span? {
    guard let text, !text.isEmpty else { return nil }
    let filled = try ArgumentText.filled(text, arguments)
    guard let span = GoDuration.span(filled), span > .zero || field == "initialDelay" else {
      throw AnalysisError("\(field) `\(filled)` of `\(metric.name)` is no duration above 0")
    }
    return span
  }

  private func number(
    _ text: String?, _ field: String, _ metric: Metric, _ arguments: [AnalysisVariable]
  ) throws(AnalysisError) -> Int? {
    guard let text, !text.isEmpty else { return nil }
    let filled = try ArgumentText.filled(text, arguments)
    guard let number = Int(filled) else {
      throw AnalysisError("\(field) `\(filled)` of `\(metric.name)` is no whole number")
    }
    return number
  }

  private func condition(
    _ text: String?, _ metric: Metric, _ arguments: [AnalysisVariable]
  ) throws(AnalysisError) -> AnalysisCondition? {
    guard let text, !text.isEmpty else { return nil }
    let filled = try ArgumentText.filled(text, arguments)
    do throws(ConditionError) {
      return try AnalysisCondition(filled)
    } catch {
      throw AnalysisError("`\(filled)` of `\(metric.name)`: \(error.message)")
    }
  }
}
