import ClusterAPI
import Kernel
import Units
import World

/// Pods scheduled per CPU second, with everything around the scheduler: Deployments are applied to an
/// empty cluster, and the run ends when the last of their pods is bound (default profile).
///
/// The real scheduler reaches some 200 pods per CPU second in-process on 200 nodes and 2,000 pods.
struct ScheduleBenchmark: Benchmark {
  static let name = "schedule"
  static let usage = "<nodes> <pods>"

  private let nodes: Int
  private let pods: Int
  /// Of each Deployment.
  private static let podsEach = 100

  init(arguments: [String]) throws(BadArguments) {
    guard arguments.count == 2, let nodes = Int(arguments[0]), let pods = Int(arguments[1]),
      nodes > 0, pods > 0
    else { throw BadArguments(reason: "the numbers of nodes and of pods are needed") }
    self.nodes = nodes
    self.pods = pods
  }

  func run() -> Measurement {
    var options = WorldOptions(seed: 1)
    for index in 0..<nodes {
      var node = NodeSpec(
        name: "n\(index)",
        allocatable: ["cpu": Quantity(8), "memory": Quantity(32 << 30), "pods": Quantity(110)])
      node.labels = [
        "kubernetes.io/hostname": node.name,
        "topology.kubernetes.io/zone": ["a", "b", "c"][index % 3],
      ]
      options.nodes.append(node)
    }
    var world = World(options)
    let each = ScheduleBenchmark.podsEach
    for index in 0..<((pods + each - 1) / each) {
      world.schedule(
        .apply(.deployment(deployment(index, min(each, pods - index * each)))), at: .zero)
    }
    let start = ThreadClock.nanoseconds
    ScheduleBenchmark.measured(&world, pods: pods)
    let spent = ThreadClock.nanoseconds - start
    let bound = world.pods.views.count { !$0.node.isNone }
    let perSecond = Double(bound) * 1e9 / Double(max(1, spent))
    return Measurement(
      operations: bound, nanoseconds: spent, check: String(world.digest.value, radix: 16),
      note: "\(Int(perSecond)) pods per CPU second, \(bound) bound at \(world.now.seconds) s")
  }

  /// Apart, so that a profiler can collect within it alone.
  @inline(never)
  private static func measured(_ world: inout World, pods: Int) {
    var limit = Instant.zero
    while world.pods.views.count(where: { !$0.node.isNone }) < pods {
      limit += .seconds(10)
      world.run(until: limit)
    }
  }

  private func deployment(_ index: Int, _ replicas: Int) -> Deployment {
    let name = "app-\(index)"
    var container = Container(name: "app", image: "\(name):v1")
    container.resources.requests = ["cpu": Quantity(milli: 250), "memory": Quantity(256 << 20)]
    let template = PodTemplate(labels: ["app": name], spec: PodSpec(containers: [container]))
    return Deployment(
      meta: ObjectMeta(name: name),
      spec: DeploymentSpec(
        replicas: replicas, selector: LabelSelector(matchLabels: ["app": name]),
        template: template))
  }
}
