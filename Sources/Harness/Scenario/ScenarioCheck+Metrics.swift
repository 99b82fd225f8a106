import ClusterAPI
import Control
import Manifests
import PromQL
import Units
import World
import YAML

// Metrics that somebody asks for and nothing shows: Prometheus gives no answer for them, and here they are
// mistakes.
extension ScenarioCheck {
  func query(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    guard let place = node["query"], let query = text(place).flatMap({ try? PromQL.Query($0) })
    else { return }
    reading.at(.key("query")) { warn(query, scenario.rules.flatMap(\.written), at: place, &$0) }
  }

  /// A query of a guard, whatever its variables stand for.
  func measurement(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    guard let place = node["query"], let text = text(place) else { return }
    let filled = try? ObjectiveQueries.fill(
      text, deployment: ObjectKey(.deployment, namespace: "a", name: "a"), replicaSet: "a",
      window: .seconds(60))
    guard let query = filled.flatMap({ try? PromQL.Query($0) }) else { return }
    reading.at(.key("query")) { warn(query, [], at: place, &$0) }
  }

  /// Queries of the templates and Canaries that a guard names.
  func analyses(_ rule: RollbackGuard, _ node: YAMLNode, _ reading: inout Reading) {
    for (key, queries) in [
      ("analysis", GuardQueries.analysis(of: rule)), ("canary", GuardQueries.checks(of: rule)),
    ] {
      guard let place = node[key] else { continue }
      for query in queries.compactMap({ try? PromQL.Query($0) }) {
        reading.at(.key(key)) { warn(query, scenario.rules.flatMap(\.written), at: place, &$0) }
      }
    }
  }

  /// Metrics of proxies that the pods do not have.
  func proxies(_ rule: RollbackGuard, _ node: YAMLNode, _ reading: inout Reading) {
    let isBuiltIn = rule.canary?.checks.contains(where: \.isBuiltIn) ?? false
    let key = rule.metrics == .istio ? "metrics" : isBuiltIn ? "canary" : nil
    guard let key, let place = node[key],
      let template = scenario.objects.first(where: { $0.key == rule.deployment })?.podTemplate
    else { return }
    let injection = IstioInjection(scenario.objects)
    if injection.applies(to: template, in: rule.deployment.namespace) { return }
    reading.at(.key(key)) {
      $0.report(
        .warning, at: place,
        "the pods of \(rule.deployment.description) have no proxy of Istio, whose metrics are read",
        remedy:
          "label them `sidecar.istio.io/inject: \"true\"`, or their Namespace `istio-injection: enabled`"
      )
    }
  }

  private func warn(
    _ query: PromQL.Query, _ written: [String], at place: YAMLNode, _ reading: inout Reading
  ) {
    for one in UnknownMetrics(images: scenario.images, written: written).among(query) {
      reading.report(
        .warning, at: place, one.message, remedy: one.remedy, nearest: one.nearest)
    }
  }

  /// A rate needs two samples.
  func scrapes(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    let least = Span(ns: 2 * scenario.scrapeInterval.ns)
    guard let place = node["window"], let window = span(place), window < least else { return }
    reading.at(.key("window")) {
      $0.report(
        .warning, at: place,
        "the window holds less than two scrapes, so that nothing can be measured in it",
        remedy: "make it longer, or `spec.scrapeInterval` shorter")
    }
  }

  /// Metrics that the adapter has no rule for.
  func autoscalers(_ spec: YAMLNode, _ reading: inout Reading) {
    guard let place = spec["manifests"] else { return }
    let names = MetricCatalog.seriesNames(of: scenario.images)
    for (metric, isExternal, autoscaler) in scenario.adaptedMetrics {
      let served = scenario.adapter.seriesNamesWanted(
        forMetric: metric, isExternal: isExternal, among: names)
      if !served.isEmpty { continue }
      reading.at(.key("manifests")) { reading in
        let near = reading.nearest(to: metric, among: names)
        reading.report(
          .warning, at: place,
          "\(autoscaler.description) asks for the metric `\(metric)`, which "
            + "prometheus-adapter has no rule and no series for",
          remedy: near.map { "a run shows `\($0)`" }
            ?? "add a script to `spec.metrics`, or a rule to `spec.adapter`",
          nearest: near)
      }
    }
  }
}
