import ClusterAPI
import Control
import YAML

/// The fields of Canary and MetricTemplate (https://docs.flagger.app/usage/how-it-works).
enum CanaryFields {
  struct Template: Sendable {
    var node: YAMLNode
    /// The tables have reported an error inside it.
    var hasErrors = false
    var meta = ObjectMeta(name: "")
    var provider = "prometheus"
    var query: (text: String, node: YAMLNode)?

    var namespace: String { meta.namespace.isEmpty ? "default" : meta.namespace }
  }

  struct Canary: Sendable {
    var node: YAMLNode
    /// The tables have reported an error inside it.
    var hasErrors = false
    var meta = ObjectMeta(name: "")
    /// Without its checks.
    var value = CanaryAnalysis(
      canary: ObjectKey(Kind("Canary", group: "flagger.app"), namespace: "", name: ""))
    var analysis: YAMLNode?
    /// The field that holds the analysis.
    var analysisField = "analysis"
    var skipped: YAMLNode?
    var interval: (text: String, node: YAMLNode)?
    var metrics: [Metric] = []
  }

  struct Metric: Sendable {
    struct Reference: Sendable {
      var name = ""
      var namespace = ""
    }

    struct Range: Sendable {
      var min: Double?
      var max: Double?
    }

    var node: YAMLNode
    var name = ""
    var nameNode: YAMLNode?
    var interval: (text: String, node: YAMLNode)?
    var threshold: (value: Double, node: YAMLNode)?
    var range: (value: Range, node: YAMLNode)?
    var query: (text: String, node: YAMLNode)?
    var template: (reference: Reference, node: YAMLNode)?
    var variables: [AnalysisVariable] = []
  }

  static func readTemplate(_ node: YAMLNode, _ reading: inout Reading) -> Template {
    let before = reading.errorCount
    reading.isStrict = false
    var template = Template(node: node)
    reading.read(node, into: &template, by: templateDocument)
    template.hasErrors = reading.errorCount > before
    return template
  }

  static func readCanary(_ node: YAMLNode, _ reading: inout Reading) -> Canary {
    let before = reading.errorCount
    reading.isStrict = false
    var canary = Canary(node: node)
    reading.read(node, into: &canary, by: canaryDocument)
    canary.hasErrors = reading.errorCount > before
    let meta = canary.meta
    canary.value.canary.name = meta.name
    canary.value.canary.namespace = meta.namespace.isEmpty ? "default" : meta.namespace
    return canary
  }

  private static let templateDocument = Table<Template> {
    $0.identity()
    $0.field("metadata", \.meta, Shapes.meta, required: true)
    $0.inside("spec", required: true, templateSpec)
    $0.passed("status")
  }

  private static let templateSpec = Table<Template> {
    $0.inside("provider", provider)
    $0.field("query", \.query, placed, required: true)
  }

  private static let provider = Table<Template> {
    $0.field(
      "type", \.provider,
      .word(of: [
        "prometheus", "influxdb", "datadog", "stackdriver", "cloudwatch", "newrelic", "graphite",
        "dynatrace", "keptn", "splunk",
      ]))
    // The simulated Prometheus is the one that is asked.
    $0.passed("address", "headers", "insecureSkipVerify", "region", "secretRef")
  }

  private static let canaryDocument = Table<Canary> {
    $0.identity()
    $0.field("metadata", \.meta, Shapes.meta, required: true)
    $0.inside("spec", required: true, spec)
    $0.passed("status")
  }

  private static let spec = Table<Canary> {
    $0.field("provider", \.value.provider, .string)
    $0.field("targetRef", \.value.target, named, required: true)
    $0.custom("service") { canary, node, reading in
      // All else of it is about routes and ports.
      guard node.mapping != nil else {
        return reading.reportWrongType(node, expected: "a mapping")
      }
      guard let name = node["name"], !name.isNull else { return }
      reading.at(.key("name")) { reading in
        canary.value.service = Codec.string.read(name, &reading) ?? ""
      }
    }
    $0.field("ingressRef", \.value.ingress, named)
    $0.field("routeRef", \.value.route, named)
    $0.custom("analysis") { canary, node, reading in
      canary.analysis = node
      canary.analysisField = "analysis"
      canary.metrics = []
      reading.read(node, into: &canary, by: analysis)
    }
    $0.custom("canaryAnalysis") { canary, node, reading in
      guard canary.analysis == nil else { return }
      canary.analysis = node
      canary.analysisField = "canaryAnalysis"
      reading.read(node, into: &canary, by: analysis)
    }
    $0.custom("skipAnalysis") { canary, node, reading in
      if Codec.boolean.read(node, &reading) == true { canary.skipped = node }
    }
    $0.passed(
      "autoscalerRef", "insecureSkipVerify", "metricsServer", "progressDeadlineSeconds",
      "revertOnDeletion", "suspend", "upstreamRef")
    $0.check { canary, node, reading in
      if canary.analysis == nil {
        reading.at(.key("analysis")) {
          $0.report(
            .error, at: node, "required field is missing", remedy: "add `analysis:`")
        }
      }
    }
  }

  private static let analysis = Table<Canary> {
    $0.field("interval", \.interval, placed)
    $0.field("threshold", \.value.threshold, .integer)
    $0.field("metrics", \.metrics, .list(of: metric))
    $0.passed(
      "alerts", "canaryReadyThreshold", "iterations", "match", "maxWeight", "mirror",
      "mirrorWeight", "primaryReadyThreshold", "sessionAffinity", "stepWeight",
      "stepWeightPromotion", "stepWeights", "webhooks")
  }

  private static let metric = Codec<Metric> { node, reading in
    var metric = Metric(node: node)
    reading.read(node, into: &metric, by: metricFields)
    return node.mapping == nil ? nil : metric
  }

  private static let metricFields = Table<Metric> {
    $0.custom("name", required: true, shape: .string) { metric, node, reading in
      metric.nameNode = node
      metric.name = Codec.string.read(node, &reading) ?? ""
    }
    $0.field("interval", \.interval, placed)
    $0.custom("threshold", shape: .number) { metric, node, reading in
      metric.threshold = number.read(node, &reading).map { ($0, node) }
    }
    $0.custom("thresholdRange", shape: range.shape) { metric, node, reading in
      metric.range = range.read(node, &reading).map { ($0, node) }
    }
    $0.field("query", \.query, placed)
    $0.custom("templateRef") { metric, node, reading in
      metric.template = reference.read(node, &reading).map { ($0, node) }
    }
    $0.custom("templateVariables", shape: .map(.string)) { metric, node, reading in
      let values = Codec.map(of: .string).read(node, &reading) ?? [:]
      metric.variables = values.map { AnalysisVariable($0, $1) }
    }
  }

  private static let range = Codec<Metric.Range>.object(
    Metric.Range(),
    Table {
      $0.field("min", \.min, number)
      $0.field("max", \.max, number)
    })

  private static let reference = Codec<Metric.Reference>.object(
    Metric.Reference(),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.field("namespace", \.namespace, .string)
      $0.passed("apiVersion", "kind")
    })

  /// The name of an object that is referred to.
  private static let named = Codec<Metric.Reference>.object(
    Metric.Reference(),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.passed(
        "apiVersion", "kind", "namespace", "primaryScalerQueries", "primaryScalerReplicas")
    }
  ).map { reference, _, _ in reference.name }

  private static let placed = Codec<(text: String, node: YAMLNode)>(shape: .string) {
    node, reading in
    Codec.string.read(node, &reading).map { ($0, node) }
  }

  private static let number = Codec<Double>(shape: .number) { node, reading in
    switch node.resolved {
    case .integer(let value): return Double(value)
    case .float(let value) where value.isFinite: return value
    default:
      reading.reportWrongType(node, expected: "a number")
      return nil
    }
  }
}
