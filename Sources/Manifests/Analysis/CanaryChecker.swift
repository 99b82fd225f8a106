import ClusterAPI
import Control
import PromQL
import Units
import YAML

/// Makes an analysis of what was written of a Canary, with its MetricTemplates.
struct CanaryChecker {
  private static let builtIn: [(name: String, source: CanaryAnalysis.Check.Source)] = [
    ("request-success-rate", .successRate), ("request-duration", .duration),
  ]

  private(set) var reading: Reading
  private let bytes: [UInt8]
  private let catalog: MetricCatalog
  private var unsupported: [Diagnostic] = []

  init(reading: Reading, bytes: [UInt8], catalog: MetricCatalog) {
    self.reading = reading
    self.bytes = bytes
    self.catalog = catalog
  }

  /// Reports what is wrong with a MetricTemplate by itself.
  mutating func check(_ template: CanaryFields.Template) {
    guard template.provider == "prometheus", let query = template.query else { return }
    do throws(TemplateError) {
      _ = try QueryTemplate(query.text)
    } catch {
      report(
        .error, query.node, "spec.query", error.message,
        offset: query.text.offset(line: error.line, column: error.column))
    }
  }

  /// - Returns: nil after a report.
  mutating func canary(
    _ written: CanaryFields.Canary
  ) -> AnalysisSet.Entry<CanaryAnalysis>? {
    let before = reading.errorCount
    var canary = written.value
    if canary.service.isEmpty { canary.service = canary.target }
    if canary.ingress.isEmpty { canary.ingress = canary.target }
    if canary.route.isEmpty { canary.route = canary.target }
    canary.threshold = max(1, canary.threshold)
    let path = "spec.\(written.analysisField)"
    if let interval = written.interval { canary.interval = self.interval(interval, path) }
    if let node = written.skipped {
      report(
        .warning, node, "spec.skipAnalysis",
        "the cluster skips the analysis; who uses it here has its checks made")
    }
    // Flagger makes the checks of templates after all others.
    var late: [CanaryAnalysis.Check] = []
    for (index, metric) in written.metrics.enumerated() {
      let path = "\(path).metrics[\(index)]"
      canary.checks += checks(metric, path)
      late += templateCheck(metric, of: canary, path)
    }
    canary.checks += late
    guard reading.errorCount == before, !written.hasErrors else { return nil }
    return .init(
      value: canary, location: reading.location(written.node), unsupported: unsupported)
  }

  /// Between two ticks.
  private mutating func interval(
    _ written: (text: String, node: YAMLNode), _ path: String
  ) -> Span {
    let least = Span.seconds(10)
    guard let span = GoDuration.span(written.text) else {
      report(
        .warning, written.node, path + ".interval",
        "`\(written.text.excerpt)` is no length of time, and taken for 60s",
        "write such as 30s or 1m")
      return .seconds(60)
    }
    guard span < least else { return span }
    report(
      .warning, written.node, path + ".interval",
      "`\(written.text.excerpt)` is less than 10s, and taken for 10s")
    return least
  }

  /// Of a built-in metric, and of an inline query.
  private mutating func checks(
    _ written: CanaryFields.Metric, _ path: String
  ) -> [CanaryAnalysis.Check] {
    var checks: [CanaryAnalysis.Check] = []
    let builtIn = CanaryChecker.builtIn.first { $0.name == written.name }
    if let builtIn {
      checks.append(check(builtIn.source, written, path))
      let interval = checks[0].interval
      if let node = written.interval?.node, durationMilliseconds(interval) ?? 0 <= 0 {
        report(
          .error, node, path + ".interval", "`\(interval.excerpt)` is no range of Prometheus",
          "write such as 30s or 1m")
      }
    }
    if let query = written.query, !query.text.isEmpty {
      checks.append(check(.query(QueryTemplate.literal(query.text)), written, path))
      do throws(QueryError) {
        _ = try PromQL.Query(query.text)
      } catch {
        report(
          .error, query.node, path + ".query", "no PromQL: " + error.description(in: query.text),
          offset: error.range?.start ?? 0)
      }
    }
    if checks.isEmpty, written.template == nil, let node = written.nameNode {
      let near = reading.nearest(to: written.name, among: CanaryChecker.builtIn.map(\.name))
      report(
        .error, node, path + ".name",
        "nothing is measured by `\(written.name.excerpt)`: in the cluster the check fails always",
        near.map { "did you mean `\($0)`?" } ?? "add `templateRef:`", nearest: near)
    }
    if !checks.isEmpty || written.template != nil { checkBounds(written, path) }
    return checks
  }

  private mutating func templateCheck(
    _ written: CanaryFields.Metric, of canary: CanaryAnalysis, _ path: String
  ) -> [CanaryAnalysis.Check] {
    guard let (reference, node) = written.template, !reference.name.isEmpty else { return [] }
    let path = path + ".templateRef"
    let namespace =
      reference.namespace.isEmpty ? canary.canary.namespace : reference.namespace
    guard let template = catalog.template(reference.name, in: namespace) else {
      reportMissing(reference.name, in: namespace, node["name"] ?? node, path)
      return []
    }
    let name = "\(namespace)/\(reference.name)"
    guard template.provider == "prometheus" else {
      let message =
        "`\(template.provider)` of MetricTemplate \(name) cannot be asked in a simulation"
      report(.note, node, path, message + ": the metric is left out")
      if var diagnostic = reading.diagnostics.last {
        (diagnostic.severity, diagnostic.message) = (.error, message)
        unsupported.append(diagnostic)
      }
      return []
    }
    guard !template.hasErrors, let query = template.query, (try? QueryTemplate(query.text)) != nil
    else {
      report(.error, node, path, "MetricTemplate \(name) has errors")
      return []
    }
    var check = self.check(.query(query.text), written, path)
    // Flagger has no default here.
    check.interval = written.interval?.text ?? ""
    ask(query.text, canary.values(for: check), name, node, path)
    return [check]
  }

  private mutating func reportMissing(
    _ name: String, in namespace: String, _ node: YAMLNode, _ path: String
  ) {
    let elsewhere = catalog.namespaces(of: name).first
    let near = reading.nearest(to: name, among: catalog.names(in: namespace))
    report(
      .error, node, path + ".name",
      "there is no MetricTemplate `\(name.excerpt)` in the namespace \(namespace)",
      elsewhere.map { "write `namespace: \($0)` beside it" }
        ?? near.map { "did you mean `\($0)`?" }, nearest: near)
  }

  /// Reports what becomes of a query with the Canary's own values.
  private mutating func ask(
    _ text: String, _ values: QueryTemplate.Values, _ name: String, _ node: YAMLNode,
    _ path: String
  ) {
    do throws(TemplateError) {
      let query = try QueryTemplate(text).expanded(values)
      do throws(QueryError) {
        _ = try PromQL.Query(query)
      } catch {
        let hasInterval = !values.interval.isEmpty || !text.contains("interval")
        report(
          .error, node, path,
          "the query of MetricTemplate \(name) is no PromQL: \(error.description(in: query))",
          hasInterval ? nil : "add `interval:` to the metric, which has no default here")
      }
    } catch {
      report(.error, node, path, "the query of MetricTemplate \(name): \(error.description)")
    }
  }
}

// MARK: Bounds

extension CanaryChecker {
  private func check(
    _ source: CanaryAnalysis.Check.Source, _ written: CanaryFields.Metric, _ path: String
  ) -> CanaryAnalysis.Check {
    var check = CanaryAnalysis.Check()
    check.name = written.name
    if let interval = written.interval?.text, !interval.isEmpty { check.interval = interval }
    check.source = source
    check.variables = written.variables
    if let range = written.range?.value {
      (check.min, check.max) = (range.min, range.max)
    } else {
      // The old field is the least success rate, and the most of all else.
      let threshold = written.threshold?.value ?? 0
      if source == .successRate { check.min = threshold } else { check.max = threshold }
    }
    if source == .duration {
      // Whole milliseconds, as Flagger compares them.
      check.min = check.min?.rounded(.towardZero)
      check.max = check.max?.rounded(.towardZero)
    }
    return check
  }

  private mutating func checkBounds(_ written: CanaryFields.Metric, _ path: String) {
    if let range = written.range {
      if range.value.min == nil, range.value.max == nil {
        report(
          .warning, range.node, path + ".thresholdRange", "without bounds every value passes",
          "add `min:` or `max:`")
      } else if let min = range.value.min, let max = range.value.max, min > max {
        report(
          .warning, range.node, path + ".thresholdRange",
          "no value is at least \(shortText(min)) and at most \(shortText(max))")
      }
      if let threshold = written.threshold {
        report(
          .warning, threshold.node, path + ".threshold",
          "not used: `thresholdRange` takes its place", "remove it")
      }
    } else if written.node["threshold"] == nil, written.node["thresholdRange"] == nil {
      let isRate = written.name == CanaryChecker.builtIn[0].name && written.template == nil
      report(
        .warning, written.node, path + ".thresholdRange",
        isRate ? "without bounds every value passes" : "without bounds every value above 0 fails",
        "add `thresholdRange:` with `min:` or `max:`")
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
