import ClusterAPI
import Control

/// Reads scheduler cases: nodes, placed pods and the incoming pod as Kubernetes JSON.
enum SchedulerJSON {
  /// A cache with all nodes and placed pods, and the incoming pod's template.
  struct Scene {
    var cache: SchedulerCache
    var incoming: Int
    var nodeNames: [String]
  }

  static func scene(_ input: JSON, options: SchedulerOptions) throws -> Scene {
    var cache = SchedulerCache(options: options)
    let nodes = try input.elements("nodes").map(node)
    // A pod placed before the nodes' labels are known must be counted all the same: half of the
    // nodes are told after the pods, and one template is registered only at the end.
    for (index, node) in nodes.enumerated() where index % 2 == 0 { cache.setNode(index, node) }
    for (index, node) in nodes.enumerated() where index % 2 == 1 {
      cache.setNode(index, SchedulingNode(name: node.name, labels: [:], allocatable: [:]))
    }
    let incoming = try pod(input.require("pod"), in: input)
    let early = nodes.count % 2 == 0 ? cache.addTemplate(incoming) : nil
    for placed in try input.elements("pods") {
      let name = try placed.require("spec").string("nodeName")
      guard let at = nodes.firstIndex(where: { $0.name == name }) else { continue }
      let template = cache.addTemplate(try pod(placed, in: input))
      cache.place(template, on: at)
    }
    for (index, node) in nodes.enumerated() where index % 2 == 1 { cache.setNode(index, node) }
    let template = early ?? cache.addTemplate(incoming)
    return Scene(cache: cache, incoming: template, nodeNames: nodes.map(\.name))
  }

  private static func node(_ json: JSON) throws -> SchedulingNode {
    let metadata = try json.require("metadata")
    let spec = json["spec"] ?? [:]
    return SchedulingNode(
      name: try metadata.string("name"), labels: try ObjectJSON.labels(metadata, "labels"),
      taints: try spec.elements("taints").map(ObjectJSON.taint),
      unschedulable: spec["unschedulable"]?.bool ?? false,
      allocatable: try ObjectJSON.resources(json.require("status"), "allocatable"))
  }

  private static func pod(_ json: JSON, in input: JSON) throws -> SchedulingPod {
    let metadata = try json.require("metadata")
    let source = try json.require("spec")
    var spec = PodSpec(containers: try source.elements("containers").map(container))
    spec.initContainers = try source.elements("initContainers").map(container)
    spec.overhead = try ObjectJSON.resources(source, "overhead")
    spec.nodeSelector = try ObjectJSON.labels(source, "nodeSelector")
    spec.tolerations = try source.elements("tolerations").map(ObjectJSON.toleration)
    spec.affinity = try AffinityJSON.affinity(source["affinity"] ?? [:])
    spec.topologySpreadConstraints = try source.elements("topologySpreadConstraints").map(
      AffinityJSON.spreadConstraint)
    let namespace = try metadata.string("namespace")
    return SchedulingPod(
      namespace: namespace,
      namespaceLabels: ["kubernetes.io/metadata.name": namespace],
      labels: try ObjectJSON.labels(metadata, "labels"), spec: spec,
      defaultSpreadSelector: try ownerSelector(metadata, namespace, input))
  }

  private static func container(_ json: JSON) throws -> Container {
    var container = Container(name: json["name"]?.string ?? "", image: json["image"]?.string ?? "")
    container.restartPolicy = json["restartPolicy"]?.string
    if let resources = json["resources"] {
      container.resources.requests = try ObjectJSON.resources(resources, "requests")
      container.resources.limits = try ObjectJSON.resources(resources, "limits")
    }
    return container
  }

  /// The selector of the ReplicaSet that owns the pod.
  private static func ownerSelector(
    _ metadata: JSON, _ namespace: String, _ input: JSON
  ) throws -> LabelSelector? {
    for owner in try metadata.elements("ownerReferences") where owner["controller"]?.bool == true {
      for set in try input.elements("replicaSets") {
        let meta = try set.require("metadata")
        if meta["name"] == owner["name"], meta["namespace"]?.string == namespace {
          return try ObjectJSON.labelSelector(set.require("spec").require("selector"))
        }
      }
    }
    return nil
  }

  /// The decision in the shape of `expected`, with the totals of the given plugins.
  static func json(
    _ decision: SchedulingDecision, names: [String], plugins: Set<SchedulerPlugin>
  ) -> JSON {
    var rejected: [String: JSON] = [:]
    for rejection in decision.rejections {
      let texts = rejection.texts(resourceNames: decision.resourceNames)
      rejected[names[Int(rejection.node)]] = [
        "plugin": .string(rejection.reason.plugin.rawValue),
        "code": rejection.isUnresolvable ? "UnschedulableAndUnresolvable" : "Unschedulable",
        "reasons": .array(texts.map { .string($0) }),
      ]
    }
    var scores: [String: JSON] = [:]
    var totals: [Int64] = []
    for (index, node) in decision.feasible.enumerated() {
      var entry: [String: JSON] = [:]
      var total: Int64 = 0
      for each in decision.scores where plugins.contains(each.plugin) {
        entry[each.plugin.rawValue] = .int(each.values[index])
        total += each.values[index]
      }
      entry["total"] = .int(total)
      totals.append(total)
      scores[names[Int(node)]] = .object(entry)
    }
    let most = totals.max() ?? 0
    let best = zip(decision.feasible, totals).filter { $0.1 == most }.map { names[Int($0.0)] }
    func sorted(_ nodes: [String]) -> JSON { .array(nodes.sorted().map { .string($0) }) }
    var answer: [String: JSON] = [
      "feasible": sorted(decision.feasible.map { names[Int($0)] }), "rejected": .object(rejected),
    ]
    if let message = decision.preFilterMessage {
      answer["preFilter"] = [
        "plugin": "NodeAffinity", "code": "UnschedulableAndUnresolvable",
        "reasons": [.string(message)],
      ]
    }
    if !decision.feasible.isEmpty {
      answer["scores"] = .object(scores)
      answer["best"] = sorted(best)
    }
    return .object(answer)
  }
}
