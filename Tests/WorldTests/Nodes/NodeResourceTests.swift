import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// GPUs as devices, and CPU that something else takes.
@Suite struct NodeResourceTests {
  private let gpu = "nvidia.com/gpu"

  private func trainer(replicas: Int, gpus: Int64) -> Deployment {
    ClusterRig.deployment("train", replicas: replicas, milliCPU: 100) {
      $0.containers[0].resources.requests[gpu] = Quantity(gpus)
    }
  }

  @Test func everyGPUIsHeldByOnePodAtMost() throws {
    let nodes = (0..<2).map { ClusterRig.node("g\($0)", extra: [gpu: Quantity(4)]) }
    var world = World(
      ClusterRig.options(nodes, [.deployment(trainer(replicas: 6, gpus: 2))]))
    world.run(until: ClusterRig.at(60))
    #expect(world.placements.sorted() == ["g0", "g0", "g1", "g1"])
    for index in 0..<2 {
      let held = world.pods(on: NodeID(index)).map { world.devices(of: $0, gpu) }
      #expect(held.map(\.count) == [2, 2])
      #expect(held.flatMap { $0 }.sorted() == [0, 1, 2, 3])
    }
    let message = world.timeline.compactMap {
      if case .podUnschedulable(_, let message) = $0.happening { message } else { nil }
    }
    #expect(message.first?.contains("2 Insufficient nvidia.com/gpu") == true)
  }

  @Test func aPodThatIsGoneFreesItsDevices() throws {
    var world = World(
      ClusterRig.options(
        [ClusterRig.node("g", extra: [gpu: Quantity(4)])],
        [.deployment(trainer(replicas: 2, gpus: 2))]))
    world.schedule(
      .deletePods(workload: ObjectKey(.deployment, namespace: "default", name: "train"), count: 1),
      at: ClusterRig.at(60))
    world.run(until: ClusterRig.at(180))
    let alive = world.pods(on: NodeID(0))
    #expect(alive.count == 2)
    #expect(alive.flatMap { world.devices(of: $0, gpu) }.sorted() == [0, 1, 2, 3])
    #expect(world.pods.count == 3)
  }

  @Test func onlyExtendedResourcesAreDevices() {
    #expect(DevicePool.isExtended("nvidia.com/gpu"))
    #expect(DevicePool.isExtended("example.org/fpga"))
    #expect(!DevicePool.isExtended("cpu"))
    #expect(!DevicePool.isExtended("hugepages-2Mi"))
    #expect(!DevicePool.isExtended("kubernetes.io/batch-cpu"))
  }

  @Test func aHogSlowsThePodsOfItsNodeOnly() throws {
    let nodes = ["a", "b"].map { ClusterRig.node($0, cpu: 2) }
    let spread = TopologySpreadConstraint(
      maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: .doNotSchedule,
      labelSelector: LabelSelector(matchLabels: ["app": "web"]))
    let web = ClusterRig.deployment(replicas: 2) { $0.topologySpreadConstraints = [spread] }
    let service = Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])
    var options = ClusterRig.options(nodes, [.deployment(web), .service(service)])
    var profile = ImageProfile(match: "*")
    profile.serviceTime = .constant(.milliseconds(5))
    profile.cpuPerRequest = .milliseconds(4)
    options.profiles = [profile]
    options.loads = [
      LoadSpec(
        service: ObjectKey(.service, namespace: "default", name: "web"),
        curve: .constant(milliRate: 100_000))
    ]
    var world = World(options)
    let selection = NodeSelection(name: "a")
    let hog = NodeTrouble.cpuHog(Ratio(ppm: 950_000))
    world.schedule(.nodes(selection, hog), at: ClusterRig.at(60))
    world.schedule(.nodesRecover(selection, hog), at: ClusterRig.at(120))
    world.run(until: ClusterRig.at(200))
    func latency(_ from: Int64, _ to: Int64) -> Span? {
      world.traffic.tally([LoadID(0)], from: ClusterRig.at(from), to: ClusterRig.at(to))
        .latencyQuantile(Ratio(ppm: 900_000))
    }
    let calm = try #require(latency(30, 60))
    let hogged = try #require(latency(70, 120))
    let again = try #require(latency(190, 200))
    // 5 % of two cores do 25 requests of 4 ms a second; half of 100 come.
    #expect(hogged > calm * 10)
    #expect(again < calm * 2)
  }
}
