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
    report(isUsed: guards.contains { $0.analysis != nil || $0.canary != nil }, &reading)
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

  /// What nobody uses does not make the scenario wrong.
  private func report(isUsed: Bool, _ reading: inout Reading) {
    for diagnostic in set.diagnostics {
      var shown = diagnostic
      if !isUsed { shown.severity = min(.warning, shown.severity) }
      reading.diagnostics.append(shown)
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
      let entry = set.templateEntries.first(where: {
        $0.value.reference == reference && $0.value.namespace == scope
      })
    else {
      let kind = reference.isOfCluster ? "ClusterAnalysisTemplate" : "AnalysisTemplate"
      let known = set.templates.filter { $0.namespace == scope }.map(\.reference.name)
      return missing(kind, scope, reference.name, among: known, at: node, &reading)
    }
    let template = entry.value
    found.append(template)
    reading.diagnostics += entry.unsupported
    for other in template.templates { find(other, namespace, at: node, &found, &reading) }
  }

  private func canary(_ rule: inout RollbackGuard, _ node: YAMLNode, _ reading: inout Reading) {
    guard let name = rule.canary?.canary.name else { return }
    let namespace = rule.deployment.namespace
    let known = set.canaryEntries.filter { $0.value.canary.namespace == namespace }
    guard let entry = known.first(where: { $0.value.canary.name == name }) else {
      rule.canary = nil
      return missing(
        "Canary", namespace, name, among: known.map(\.value.canary.name), at: node, &reading)
    }
    let canary = entry.value
    rule.canary = canary
    reading.diagnostics += entry.unsupported
    if canary.checks.isEmpty {
      reading.report(
        .error, at: node, "the Canary `\(name)` measures nothing",
        remedy: "add `spec.analysis.metrics` to it")
    }
    if canary.checks.contains(where: \.isBuiltIn), !canary.readsIstio {
      reading.report(
        .error, at: node,
        "the built-in checks of provider `\(canary.provider)` read metrics that a run does not show",
        remedy: "use provider `istio`, or MetricTemplates over metrics of docs/metrics.md")
    }
  }

  private func missing(
    _ kind: String, _ namespace: String, _ name: String, among known: [String], at node: YAMLNode,
    _ reading: inout Reading
  ) {
    let isRejected = set.rejections.contains {
      $0.kind == kind && $0.namespace == namespace && $0.name == name
    }
    // Its errors are reported where they stand.
    if isRejected || !isWhole { return }
    let near = reading.nearest(to: name, among: known)
    reading.report(
      .error, at: node, "the manifests have no \(kind) `\(name)`",
      remedy: near.map { "did you mean `\($0)`?" }
        ?? (known.isEmpty
          ? "add a file with it to `manifests`" : "known are \(known.joined(separator: ", "))"),
      nearest: near)
  }
}
