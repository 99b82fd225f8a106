import ClusterAPI
import Control
import YAML

/// The fields of AnalysisTemplate and ClusterAnalysisTemplate
/// (https://argo-rollouts.readthedocs.io/en/stable/features/specification/).
enum AnalysisFields {
  struct Template: Sendable {
    var node: YAMLNode
    /// The tables have reported an error inside it.
    var hasErrors = false
    /// Without its metrics.
    var value = AnalysisTemplate()
    var meta = ObjectMeta(name: "")
    var spec: YAMLNode?
    var metrics: [Metric] = []
    /// Arguments whose values are those of Secrets, by name.
    var secrets: Set<String> = []
  }

  struct Metric: Sendable {
    var node: YAMLNode
    var value = AnalysisTemplate.Metric()
    /// Where its fields stand.
    var places: [String: YAMLNode] = [:]
    var providers: [(name: String, node: YAMLNode)] = []
  }

  /// An argument as it is read; nil for one whose value is that of a Secret.
  struct Argument: Sendable {
    var name = ""
    var source: AnalysisArgument.Source? = .required
  }

  static func read(
    _ node: YAMLNode, isOfCluster: Bool, _ reading: inout Reading
  ) -> Template {
    let before = reading.errorCount
    reading.isStrict = false
    var template = Template(node: node)
    reading.read(node, into: &template, by: document)
    template.hasErrors = reading.errorCount > before
    template.value.reference = .init(name: template.meta.name, isOfCluster: isOfCluster)
    let namespace = template.meta.namespace
    template.value.namespace = isOfCluster ? "" : namespace.isEmpty ? "default" : namespace
    return template
  }

  private static let document = Table<Template> {
    $0.identity()
    $0.field("metadata", \.meta, Shapes.meta, required: true)
    $0.custom("spec", required: true) { template, node, reading in
      template.spec = node
      reading.read(node, into: &template, by: spec)
    }
    $0.passed("status")
  }

  private static let spec = Table<Template> {
    $0.field("metrics", \.metrics, .list(of: metric))
    $0.custom("args") { template, node, reading in
      for argument in Codec.list(of: argument).read(node, &reading) ?? [] {
        if let source = argument.source {
          template.value.arguments.append(AnalysisArgument(argument.name, source))
        } else {
          template.secrets.insert(argument.name)
        }
      }
    }
    $0.custom("dryRun") { template, node, reading in
      let entries = Codec.list(of: dryRun).read(node, &reading) ?? []
      template.value.dryRun = entries.map(\.metricName)
    }
    $0.field("templates", \.value.templates, .list(of: reference))
    // How many measurements are kept has no effect on the outcome.
    $0.passed("measurementRetention")
  }

  private struct DryRun: Sendable {
    var metricName = ""
  }

  private static let dryRun = Codec<DryRun>.object(
    DryRun(), Table { $0.field("metricName", \.metricName, .string, required: true) })

  private static let reference = Codec<AnalysisTemplate.Reference>.object(
    AnalysisTemplate.Reference(name: ""),
    Table {
      $0.field("templateName", \.name, .string, required: true)
      $0.field("clusterScope", \.isOfCluster, .boolean)
    })

  private static let argument = Codec<Argument>.object(
    Argument(),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.custom("value", shape: .string) { argument, node, reading in
        guard let text = Codec.string.read(node, &reading) else { return }
        argument.source = .value(text)
      }
      $0.inside("valueFrom", valueFrom)
    })

  private static let valueFrom = Table<Argument> {
    $0.custom("secretKeyRef") { argument, _, _ in argument.source = nil }
    $0.custom("fieldRef") { argument, node, reading in
      guard let path = node["fieldPath"] else {
        reading.report(.error, at: node, "has no `fieldPath`", remedy: "add `fieldPath:`")
        return
      }
      guard let text = Codec.string.read(path, &reading) else { return }
      argument.source = .field(text)
    }
    $0.custom("podTemplateHashValue") { argument, node, reading in
      guard let word = Codec.word(of: ["Latest", "Stable"]).read(node, &reading) else { return }
      argument.source = word == "Latest" ? .latestHash : .stableHash
    }
  }

  private static let metric = Codec<Metric> { node, reading in
    var metric = Metric(node: node)
    reading.read(node, into: &metric, by: metricFields)
    return node.mapping == nil ? nil : metric
  }

  private static let metricFields = Table<Metric> {
    $0.custom("name", required: true, shape: .string) { metric, node, reading in
      metric.places["name"] = node
      if let name = Codec.string.read(node, &reading) { metric.value.name = name }
    }
    $0.text("interval", \.interval)
    $0.text("initialDelay", \.initialDelay)
    $0.number("count", \.count)
    $0.number("failureLimit", \.failureLimit)
    $0.number("inconclusiveLimit", \.inconclusiveLimit)
    $0.number("consecutiveErrorLimit", \.consecutiveErrorLimit)
    $0.number("consecutiveSuccessLimit", \.consecutiveSuccessLimit)
    $0.text("successCondition", \.successCondition)
    $0.text("failureCondition", \.failureCondition)
    $0.inside("provider", required: true, provider)
  }

  private static let provider = Table<Metric> {
    $0.custom("prometheus") { metric, node, reading in
      metric.providers.append(("prometheus", node))
      reading.read(node, into: &metric, by: prometheus)
    }
    for name in [
      "cloudWatch", "datadog", "graphite", "influxdb", "job", "kayenta", "newRelic", "plugin",
      "skywalking", "wavefront", "web",
    ] {
      $0.custom(name) { metric, node, _ in metric.providers.append((name, node)) }
    }
  }

  private static let prometheus = Table<Metric> {
    $0.custom("query", required: true, shape: .string) { metric, node, reading in
      metric.places["query"] = node
      if let query = Codec.string.read(node, &reading) { metric.value.query = query }
    }
    $0.custom("rangeQuery") { metric, node, _ in metric.places["rangeQuery"] = node }
    // The simulated Prometheus is the one that is asked.
    $0.passed("address", "authentication", "headers", "insecure", "timeout")
  }
}

extension Table<AnalysisFields.Metric> {
  fileprivate mutating func text(
    _ key: String, _ property: any WritableKeyPath<AnalysisTemplate.Metric, String?> & Sendable
  ) {
    custom(key, shape: .string) { metric, node, reading in
      metric.places[key] = node
      if let text = Codec.string.read(node, &reading) { metric.value[keyPath: property] = text }
    }
  }

  fileprivate mutating func number(
    _ key: String, _ property: any WritableKeyPath<AnalysisTemplate.Metric, String?> & Sendable
  ) {
    custom(key, shape: Codec.intOrString.shape) { metric, node, reading in
      metric.places[key] = node
      switch Codec.intOrString.read(node, &reading) {
      case .int(let value): metric.value[keyPath: property] = String(value)
      case .string(let text): metric.value[keyPath: property] = text
      case nil: break
      }
    }
  }
}

extension Table {
  /// Adds fields that are known, and of which nothing is said.
  mutating func passed(_ keys: String...) { for key in keys { custom(key) { _, _, _ in } } }
}
