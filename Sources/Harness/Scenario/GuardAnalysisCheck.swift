import ClusterAPI
import Control
import Manifests
import PromQL
import World
import YAML

/// Looks up what guards name of analyses among the manifests.
struct GuardAnalysisCheck {
  let set: AnalysisSet
  /// Whether all manifests could be read; what is missing otherwise may stand in one of the others.
  let isWhole: Bool

  /// Puts templates and Canaries into the guards that name them, and reports those that are not there.
  func resolve(_ guards: inout [RollbackGuard], _ spec: YAMLNode, _ reading: inout Reading) {
    guard let nodes = spec["guards"] else { return }
    let elements = nodes.sequence ?? [nodes]
    guard elements.count == guards.count else { return }
    reading.at(.key("guards")) { reading in
      for (index, node) in elements.enumerated() {
        reading.at(.index(index)) { reading in
          if let place = node["analysis"] {
            reading.at(.key("analysis")) { analysis(&guards[index], place, &$0) }
          }
          if let place = node["canary"] {
            reading.at(.key("canary")) { canary(&guards[index], place, &$0) }
          }
        }
      }
    }
  }

  private func analysis(
    _ rule: inout RollbackGuard, _ node: YAMLNode, _ reading: inout Reading
  ) {
    guard let named = rule.analysis else { return }
    let namespace = rule.deployment.namespace
    var found: [AnalysisTemplate] = []
    let before = reading.errorCount
    for (index, reference) in named.templates.map(\.reference).enumerated() {
      let place = node["templates"]?.sequence?[index]["templateName"] ?? node
      reading.at(.key("templates")) { reading in
        reading.at(.index(index)) {
          find(reference, namespace, at: place, &found, &$0)
        }
      }
    }
    guard reading.errorCount == before, found.count >= named.templates.count else {
      rule.analysis = nil
      return
    }
    let analysis = GuardAnalysis(templates: found, arguments: named.arguments)
    rule.analysis = analysis
    let sample = GuardAnalysis.Subject(
      meta: ObjectMeta(name: rule.deployment.name, namespace: namespace), latest: "0", stable: "0",
      missing: "0")
    do throws(AnalysisError) {
      _ = try analysis.metrics(sample)
    } catch {
      reading.report(
        .error, at: node, "the analysis cannot be made: \(error.message)",
        remedy: "give every argument of the templates a value in `args`")
    }
  }

  /// A template and those that it names, each once.
  private func find(
    _ reference: AnalysisTemplate.Reference, _ namespace: String, at node: YAMLNode,
    _ found: inout [AnalysisTemplate], _ reading: inout Reading
  ) {
    let scope = reference.isOfCluster ? "" : namespace
    if found.contains(where: { $0.reference == reference }) { return }
    guard
      let template = set.templates.first(where: {
        $0.reference == reference && $0.namespace == scope
      })
    else {
      guard isWhole else { return }
      let kind = reference.isOfCluster ? "ClusterAnalysisTemplate" : "AnalysisTemplate"
      missing(
        kind, reference.name, among: set.templates.filter { $0.namespace == scope }.map(\.reference.name),
        at: node, &reading)
      return
    }
    found.append(template)
    for other in template.templates { find(other, namespace, at: node, &found, &reading) }
  }

  private func canary(_ rule: inout RollbackGuard, _ node: YAMLNode, _ reading: inout Reading) {
    guard let name = rule.canary?.canary.name else { return }
    let known = set.canaries.filter { $0.canary.namespace == rule.deployment.namespace }
    guard let canary = known.first(where: { $0.canary.name == name }) else {
      rule.canary = nil
      if isWhole { missing("Canary", name, among: known.map(\.canary.name), at: node, &reading) }
      return
    }
    rule.canary = canary
    if canary.checks.isEmpty {
      reading.report(
        .error, at: node, "the Canary `\(name)` measures nothing",
        remedy: "add `spec.analysis.metrics` to it")
    }
    let isBuiltIn = canary.checks.contains { $0.source == .successRate || $0.source == .duration }
    if isBuiltIn, !canary.readsIstio {
      reading.report(
        .error, at: node,
        "the built-in checks of provider `\(canary.provider)` read metrics that a run does not show",
        remedy: "use provider `istio`, or MetricTemplates over metrics of docs/metrics.md")
    }
  }

  private func missing(
    _ kind: String, _ name: String, among known: [String], at node: YAMLNode,
    _ reading: inout Reading
  ) {
    let near = reading.nearest(to: name, among: known)
    reading.report(
      .error, at: node, "the manifests have no \(kind) `\(name)`",
      remedy: near.map { "did you mean `\($0)`?" }
        ?? (known.isEmpty
          ? "add a file with it to `manifests`" : "known are \(known.joined(separator: ", "))"),
      nearest: near)
  }
}
