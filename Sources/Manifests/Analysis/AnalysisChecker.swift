import ClusterAPI
import Control
import PromQL
import YAML

/// Makes a template of what was written, with what Argo Rollouts has to say about it.
struct AnalysisChecker {
  private(set) var reading: Reading
  private let bytes: [UInt8]
  private var unsupported: [Diagnostic] = []
  /// Values of arguments, where the template says one.
  private var known: [String: String] = [:]
  private var names: [String] = []
  /// Arguments that were said not to be there.
  private var missing: Set<String> = []

  init(reading: Reading, bytes: [UInt8]) {
    self.reading = reading
    self.bytes = bytes
  }

  /// - Returns: nil after a report.
  mutating func template(
    _ written: AnalysisFields.Template
  ) -> AnalysisSet.Entry<AnalysisTemplate>? {
    let before = reading.errorCount
    var template = written.value
    for argument in template.arguments {
      if case .value(let value) = argument.source { known[argument.name] = value }
    }
    names = template.arguments.map(\.name) + written.secrets.sorted()
    if let spec = written.spec, written.metrics.isEmpty, template.templates.isEmpty,
      !written.hasErrors
    {
      report(.error, spec, "spec.metrics", "there are no metrics", "add `metrics:`")
    }
    var metricNames: Set<String> = []
    for (index, metric) in written.metrics.enumerated() {
      let path = "spec.metrics[\(index)]"
      if !metric.value.name.isEmpty, !metricNames.insert(metric.value.name).inserted {
        report(
          .error, metric.places["name"] ?? metric.node, path + ".name",
          "another metric has the name `\(metric.value.name.excerpt)` too", "rename one of them")
      }
      if let metric = self.metric(metric, path, secrets: written.secrets) {
        template.metrics.append(metric)
      }
    }
    checkDryRun(template, written)
    guard reading.errorCount == before, !written.hasErrors else { return nil }
    return .init(
      value: template, location: reading.location(written.node), unsupported: unsupported)
  }

  private mutating func checkDryRun(
    _ template: AnalysisTemplate, _ written: AnalysisFields.Template
  ) {
    for (index, pattern) in template.dryRun.enumerated() {
      do throws(PatternError) {
        _ = try SearchPattern(pattern)
      } catch {
        let nodes = written.spec?["dryRun"]?.sequence ?? []
        report(
          .error, nodes.indices.contains(index) ? nodes[index] : written.node,
          "spec.dryRun[\(index)].metricName", error.description)
      }
    }
  }

  /// - Returns: nil after a report, and for one that cannot be asked.
  private mutating func metric(
    _ written: AnalysisFields.Metric, _ path: String, secrets: Set<String>
  ) -> AnalysisTemplate.Metric? {
    guard let provider = written.providers.first else {
      // That `provider` is missing has been said.
      if let node = written.node["provider"], node.mapping?.isEmpty == true {
        report(.error, node, path + ".provider", "there is no provider", "add `prometheus:`")
      }
      return nil
    }
    if written.providers.count > 1 {
      report(
        .error, written.providers[1].node, path + ".provider.\(written.providers[1].name)",
        "a metric has one provider, and `\(provider.name)` stands there too",
        "write a metric for each")
      return nil
    }
    let place = path + ".provider.\(provider.name)"
    if provider.name != "prometheus" {
      leaveOut(provider.node, place, "`\(provider.name)` cannot be asked in a simulation")
      return nil
    }
    if let range = written.places["rangeQuery"] {
      leaveOut(range, place + ".rangeQuery", "a range query cannot be asked in a simulation")
      return nil
    }
    if let secret = self.secret(written, secrets) {
      leaveOut(
        secret.node, path + "." + secret.field,
        "the value of `\(secret.name)` is that of a Secret, which a simulation does not have")
      return nil
    }
    checkNumbers(written, path)
    checkTexts(written, path)
    if written.places["successCondition"] == nil, written.places["failureCondition"] == nil {
      report(
        .warning, written.node, path, "without a condition every measurement succeeds",
        "add `successCondition:`")
    }
    return written.value
  }

  /// Leaves a metric out, which is wrong only if somebody uses the template.
  private mutating func leaveOut(_ node: YAMLNode, _ path: String, _ message: String) {
    report(.note, node, path, message + ": the metric is left out")
    guard var diagnostic = reading.diagnostics.last else { return }
    (diagnostic.severity, diagnostic.message) = (.error, message)
    unsupported.append(diagnostic)
  }

  /// The first text that wants what only a Secret holds.
  private func secret(
    _ written: AnalysisFields.Metric, _ secrets: Set<String>
  ) -> (name: String, field: String, node: YAMLNode)? {
    for (field, node) in written.places.sorted(by: { $0.key < $1.key }) {
      let places = (try? ArgumentText.places(in: node.scalar?.text ?? "")) ?? []
      if let name = places.compactMap(\.argument).first(where: secrets.contains) {
        return (name, field == "query" ? "provider.prometheus.query" : field, node)
      }
    }
    return nil
  }
}

// MARK: What the texts say

extension AnalysisChecker {
  private mutating func checkNumbers(_ written: AnalysisFields.Metric, _ path: String) {
    let metric = written.value
    var values: [String: Int64] = [:]
    for (field, text, least) in [
      ("count", metric.count, 0), ("failureLimit", metric.failureLimit, -1),
      ("inconclusiveLimit", metric.inconclusiveLimit, 0),
      ("consecutiveErrorLimit", metric.consecutiveErrorLimit, 0),
      ("consecutiveSuccessLimit", metric.consecutiveSuccessLimit, 0),
    ] as [(String, String?, Int64)] {
      guard let text, let node = written.places[field] else { continue }
      let filled = self.filled(text, node, "\(path).\(field)")
      guard let filled, filled.free.isEmpty, let sample = filled.samples.first else { continue }
      guard let value = Int64(sample.text), value >= least else {
        report(
          .error, node, "\(path).\(field)",
          "`\(sample.text.excerpt)` is no whole number from \(least) on")
        continue
      }
      values[field] = value
    }
    let count = values["count"] ?? 0
    for limit in ["failureLimit", "inconclusiveLimit"] {
      guard count > 0, let value = values[limit], value > count, let node = written.places[limit]
      else { continue }
      report(
        .error, node, "\(path).\(limit)", "\(value) is more than the count of \(count)",
        "write at most \(count)")
    }
    if count > 1, metric.interval == nil, let node = written.places["count"] {
      report(
        .error, node, path + ".count", "\(count) measurements need an interval",
        "add `interval:`, such as 60s")
    }
  }

  private mutating func checkTexts(_ written: AnalysisFields.Metric, _ path: String) {
    for field in ["interval", "initialDelay"] {
      check(written.places[field], "\(path).\(field)") { sample in
        GoDuration.span(sample) == nil
          ? .init(message: "`\(sample.excerpt)` is no length of time; write such as 30s or 1m30s")
          : nil
      }
    }
    for field in ["successCondition", "failureCondition"] {
      check(written.places[field], "\(path).\(field)") { sample in
        do throws(ConditionError) {
          let error = try AnalysisCondition(sample).error
          return error.map { .init(message: $0.message, offset: $0.offset) }
        } catch {
          return .init(message: error.message, offset: error.offset)
        }
      }
    }
    check(written.places["query"], path + ".provider.prometheus.query") { sample in
      do throws(QueryError) {
        _ = try PromQL.Query(sample)
        return nil
      } catch {
        return .init(
          message: "no PromQL: " + error.description(in: sample), offset: error.range?.start ?? 0)
      }
    }
  }

  private struct Fault {
    var message: String
    var offset = 0
  }

  /// Reports the fault of a text that is wrong however its arguments are filled in; where some are free it
  /// is a guess.
  private mutating func check(
    _ node: YAMLNode?, _ path: String, _ fault: (String) -> Fault?
  ) {
    guard let node, case .string(let text) = node.resolved,
      let filled = self.filled(text, node, path)
    else { return }
    var first: (fault: Fault, sample: SampleText.Sample)?
    for sample in filled.samples {
      guard let fault = fault(sample.text) else { return }
      if first == nil { first = (fault, sample) }
    }
    guard let (fault, sample) = first else { return }
    let isGuess = !filled.free.isEmpty
    let message =
      isGuess ? "`\(sample.text.excerpt)` would be wrong: \(fault.message)" : fault.message
    report(
      isGuess ? .warning : .error, node, path, message, offset: sample.origin(of: fault.offset))
  }

  /// nil after a report.
  private mutating func filled(
    _ text: String, _ node: YAMLNode, _ path: String
  ) -> SampleText? {
    do throws(AnalysisError) {
      for place in try ArgumentText.places(in: text) {
        guard let name = place.argument else {
          report(
            .error, node, path, "`{{\(place.written.excerpt)}}` is no argument",
            "write such as {{args.name}}", offset: place.offset)
          return nil
        }
        if !names.contains(name), missing.insert(name).inserted {
          let near = reading.nearest(to: name, among: names)
          report(
            .warning, node, path,
            "the template has no argument `\(name.excerpt)`: what uses it has to bring it along",
            near.map { "did you mean `\($0)`?" } ?? "add it to `spec.args`", offset: place.offset,
            nearest: near)
        }
      }
      return try SampleText(text, known: known)
    } catch {
      report(.error, node, path, error.message)
      return nil
    }
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ node: YAMLNode, _ path: String, _ message: String,
    _ remedy: String? = nil, offset: Int = 0, nearest: String? = nil
  ) {
    reading.report(
      severity, in: node, path, message, remedy, offset: offset, nearest: nearest, bytes: bytes)
  }
}
