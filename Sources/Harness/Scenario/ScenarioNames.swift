import ClusterAPI
import Manifests
import World
import YAML

/// What the parts of a scenario can name: what its manifests, its changes and its cluster have.
struct ScenarioNames: Sendable {
  /// Of the manifests, and those that a change applies.
  var deployments: [Deployment] = []
  var services: [ObjectKey] = []
  /// Workloads of all kinds with what their pods are.
  var workloads: [(key: ObjectKey, spec: PodSpec)] = []
  /// Images of their containers, and those that a change brings.
  var images: [String] = []
  var nodes: [String] = []
  var zones: [String] = []

  init(_ scenario: Scenario) {
    var objects = scenario.objects
    for change in scenario.changes.flatMap(\.changes) {
      switch change {
      case .apply(let object): objects.append(object)
      case .setImage(_, _, let image): images.append(image)
      case .scale, .undo, .pause, .restart, .delete, .node, .pod: break
      }
    }
    for object in objects {
      switch object {
      case .deployment(let deployment):
        deployments.append(deployment)
        workloads.append((object.key, deployment.spec.template.spec))
      case .statefulSet(let set): workloads.append((object.key, set.template.spec))
      case .daemonSet(let set): workloads.append((object.key, set.template.spec))
      case .job(let job): workloads.append((object.key, job.template.spec))
      case .pod(let pod): workloads.append((object.key, pod.spec))
      case .service: services.append(object.key)
      default: break
      }
    }
    images += workloads.flatMap { ScenarioNames.images($0.spec) }
    for node in scenario.nodePools.flatMap(\.nodes) {
      nodes.append(node.name)
      if let zone = node.labels["topology.kubernetes.io/zone"], !zones.contains(zone) {
        zones.append(zone)
      }
    }
  }

  private static func images(_ spec: PodSpec) -> [String] {
    (spec.initContainers + spec.containers).map(\.image)
  }

  /// Of the workloads of one kind.
  func keys(_ kind: Kind) -> [ObjectKey] {
    workloads.map(\.key).filter { $0.kind == kind }
  }
}

extension Reading {
  /// Reports an object that a scenario names and the manifests do not have.
  ///
  /// - Parameter node: the name.
  mutating func demand(_ key: ObjectKey, among known: [ObjectKey], at node: YAMLNode) {
    if known.contains(key) { return }
    let here = known.filter { $0.namespace == key.namespace }.map(\.name)
    let near = nearest(to: key.name, among: here)
    let elsewhere = known.first { $0.name == key.name }
    let remedy =
      elsewhere.map { "it is in another namespace: add `namespace: \($0.namespace)`" }
      ?? near.map { "did you mean `\($0)`?" }
      ?? (known.isEmpty
        ? "add a file with a \(key.kind.name) to `manifests`"
        : "known are \(known.map(\.description).joined(separator: ", "))")
    report(
      .error, at: node, "the manifests have no \(key.description)", remedy: remedy,
      nearest: elsewhere == nil ? near : key.name)
  }

  /// Reports a word that is none of the known.
  ///
  /// - Parameters:
  ///   - isPattern: whether `*` stands for any characters in it.
  ///   - what: the known things in the plural.
  mutating func demand(
    _ pattern: String, isPattern: Bool = true, as severity: Diagnostic.Severity = .error,
    among known: [String], _ what: String, at node: YAMLNode
  ) {
    if known.contains(where: { isPattern ? Wildcard.matches(pattern, $0) : pattern == $0 }) {
      return
    }
    let near = nearest(to: pattern, among: known)
    var words = Set<String>()
    let first = known.filter { words.insert($0).inserted }
    let list = first.prefix(8).joined(separator: ", ") + (first.count > 8 ? ", ..." : "")
    report(
      severity, at: node, "`\(node.excerpt)` is none of the \(what)",
      remedy: near.map { "did you mean `\($0)`?" }
        ?? (known.isEmpty ? "there are none" : "known are \(list)"),
      nearest: near)
  }
}
