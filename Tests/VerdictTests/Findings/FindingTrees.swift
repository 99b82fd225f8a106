import ClusterAPI
import Harness
import Manifests
import Verdict

/// What the rules say of small trees of manifests, without a run.
enum FindingTrees {
  private struct NoTrials: Trials {
    func threshold(
      of quantity: AssumedQuantity, _ container: Container, in workload: ExaminedWorkload,
      isBad: (RunTrace) -> Bool
    ) -> Threshold? { nil }

    func run(_ workload: ExaminedWorkload, _ circumstance: Circumstance) -> RunTrace {
      preconditionFailure("a rule about manifests has asked for a run")
    }
  }

  static func tree(_ manifests: String...) -> ExaminedTree { tree(of: manifests) }

  static func tree(of manifests: [String]) -> ExaminedTree {
    let text = manifests.joined(separator: "\n---\n") + "\n"
    return ExaminedTree(ManifestReader.read(files: [("tree.yaml", Array(text.utf8))]))
  }

  /// All that one rule finds in a tree.
  static func find(_ id: String, _ manifests: String...) -> [RehearsalFinding] {
    find(id, of: manifests)
  }

  static func find(_ id: String, of manifests: [String]) -> [RehearsalFinding] {
    guard let rule = FindingCatalog.rule(id) else { return [] }
    let tree = tree(of: manifests)
    return rule.find(in: tree) + tree.workloads.flatMap { rule.find(in: $0, NoTrials()) }
  }

  /// What one rule finds in a change.
  static func find(_ id: String, from base: [String], to head: [String]) -> [RehearsalFinding] {
    guard let rule = FindingCatalog.rule(id) else { return [] }
    let (old, new) = (tree(of: base), tree(of: head))
    return new.workloads.flatMap { workload -> [RehearsalFinding] in
      guard let before = old.workloads.first(where: { $0.key == workload.key }) else { return [] }
      return rule.find(from: before, to: workload)
    }
  }

  /// A workload of one container; each text is a line of YAML in flow style.
  static func workload(
    _ kind: String = "Deployment", _ name: String = "web", spec: [String] = [],
    pod: [String] = [], container: [String] = [], more: [String] = [], image: String = "shop/web:v1"
  ) -> String {
    var lines = [
      "apiVersion: apps/v1", "kind: \(kind)", "metadata: {name: \(name)}", "spec:",
      "  selector: {matchLabels: {app: \(name)}}",
    ]
    lines += spec.map { "  " + $0 }
    lines += ["  template:", "    metadata: {labels: {app: \(name)}}", "    spec:"]
    lines += pod.map { "      " + $0 }
    lines += ["      containers:", "      - name: \(name)", "        image: \(image)"]
    lines += container.map { "        " + $0 }
    lines += more.map { "      - " + $0 }
    return lines.joined(separator: "\n")
  }

  static func service(
    _ name: String = "web", selector: String = "app: web", target: String = "8080",
    port: String = "http"
  ) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: \(name)}
    spec:
      selector: {\(selector)}
      ports: [{name: \(port), port: 80, targetPort: \(target)}]
    """
  }

  static func configMap(_ name: String = "params", data: String = "a: x") -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: \(name)}
    data: {\(data)}
    """
  }

  static func autoscaler(
    _ target: String = "web", apiVersion: String = "apps/v1", min: Int = 1, max: Int = 5,
    utilization: Int = 80
  ) -> String {
    """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {apiVersion: \(apiVersion), kind: Deployment, name: \(target)}
      minReplicas: \(min)
      maxReplicas: \(max)
      metrics:
      - type: Resource
        resource: {name: cpu, target: {type: Utilization, averageUtilization: \(utilization)}}
    """
  }

  static func budget(_ rule: String) -> String {
    """
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: web}
    spec: {selector: {matchLabels: {app: web}}, \(rule)}
    """
  }
}

extension [RehearsalFinding] {
  var parts: [String] { map(\.part) }
  var severities: [RehearsalFinding.Severity] { map(\.severity) }
}
