import ClusterAPI
import Kernel
import Units

@testable import World

/// Small clusters for tests of nodes and scheduling.
enum ClusterRig {
  static func node(
    _ name: String, zone: String? = nil, cpu: Int64 = 4, taints: [Taint] = [],
    extra: ResourceList = [:]
  ) -> NodeSpec {
    var allocatable: ResourceList = [
      "cpu": Quantity(cpu), "memory": Quantity(16 << 30), "pods": Quantity(110),
    ]
    for (name, amount) in extra { allocatable[name] = amount }
    var spec = NodeSpec(name: name, allocatable: allocatable)
    spec.labels = ["kubernetes.io/hostname": name]
    if let zone { spec.labels["topology.kubernetes.io/zone"] = zone }
    spec.taints = taints
    return spec
  }

  static func deployment(
    _ name: String = "web", replicas: Int, milliCPU: Int64 = 500,
    _ change: (inout PodSpec) -> Void = { _ in }
  ) -> Deployment {
    var container = Container(name: name, image: "\(name):v1")
    var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
    probe.periodSeconds = 1
    container.readinessProbe = probe
    container.resources.requests = ["cpu": Quantity(milli: milliCPU)]
    var pod = PodSpec(containers: [container])
    change(&pod)
    let template = PodTemplate(labels: ["app": name], spec: pod)
    return Deployment(
      meta: ObjectMeta(name: name),
      spec: DeploymentSpec(
        replicas: replicas, selector: LabelSelector(matchLabels: ["app": name]),
        template: template))
  }

  static func options(
    seed: UInt64 = 1, _ nodes: [NodeSpec], _ objects: [ClusterObject]
  ) -> WorldOptions {
    var options = WorldOptions(seed: seed)
    options.nodes = nodes
    options.objects = objects
    return options
  }

  static func at(_ seconds: Int64) -> Instant { .zero + .seconds(seconds) }
}

extension World {
  /// Names of the nodes of the pods that are bound and not being deleted.
  var placements: [String] {
    pods.views.filter { !$0.gone && !$0.terminating && !$0.node.isNone }
      .map { nodes.rows[$0.node.index].spec.name }
  }

  /// When something first happened at or after an instant.
  func first(after: Instant = .zero, _ matches: (Happening) -> Bool) -> Instant? {
    timeline.first { $0.at >= after && matches($0.happening) }?.at
  }
}
