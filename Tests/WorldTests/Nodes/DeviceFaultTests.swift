import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// GPUs that fail under pods, and beside them.
@Suite struct DeviceFaultTests {
  private let gpu = "nvidia.com/gpu"
  private let node = NodeSelection(name: "g")
  private let key = ObjectKey(.deployment, namespace: "default", name: "train")

  /// A node of two GPUs, whose kubelet posts its status at 0, 10, 20 s, ...
  private func world(replicas: Int) -> World {
    let train = ClusterRig.deployment("train", replicas: replicas, milliCPU: 100) {
      $0.containers[0].resources.limits[gpu] = Quantity(1)
      $0.containers[0].resources.requests[gpu] = Quantity(1)
    }
    var options = ClusterRig.options(
      [ClusterRig.node("g", extra: [gpu: Quantity(2)])], [.deployment(train)])
    options.leasesInStep = true
    options.telemetry = TelemetryOptions()
    return World(options)
  }

  private func offered(_ world: borrowing World) -> Int64? {
    world.nodes.rows[0].view.allocatable[gpu]?.value
  }

  @Test func aPodKeepsTheGPUThatFails() throws {
    var world = world(replicas: 1)
    let trouble = NodeTrouble.gpu(0, xid: 79)
    world.schedule(.nodes(node, trouble), at: ClusterRig.at(61))
    world.schedule(.nodesRecover(node, trouble), at: ClusterRig.at(400))
    world.run(until: ClusterRig.at(69))
    #expect(offered(world) == 2)
    world.run(until: ClusterRig.at(75))
    #expect(offered(world) == 1)
    #expect(world.nodes.rows[0].spec.allocatable[gpu] == Quantity(2))
    world.run(until: ClusterRig.at(390))
    // Each start fails on the same GPU, though the other one is free.
    #expect(world.pods.count == 1)
    #expect(world.pods.views[0].restarts >= 5)
    #expect(!world.pods.views[0].ready)
    #expect(world.devices(of: PodID(0), gpu) == [0])
    world.run(until: ClusterRig.at(800))
    #expect(world.pods.views[0].ready)
    #expect(offered(world) == 2)
  }

  @Test func nothingNewIsBoundToAGPUThatFailed() throws {
    var world = world(replicas: 1)
    let trouble = NodeTrouble.gpu(1, xid: 48)
    world.schedule(.nodes(node, trouble), at: ClusterRig.at(61))
    world.schedule(.scale(key, replicas: 2), at: ClusterRig.at(80))
    world.schedule(.nodesRecover(node, trouble), at: ClusterRig.at(200))
    world.run(until: ClusterRig.at(190))
    #expect(world.placements == ["g"])
    #expect(world.pods.unschedulable[PodID(1)]?.contains("1 Insufficient nvidia.com/gpu") == true)
    #expect(world.pods.views[0].ready && world.pods.views[0].restarts == 0)
    world.run(until: ClusterRig.at(300))
    #expect(world.devices(of: PodID(1), gpu) == [1])
  }

  /// An error of the application ends its process; the GPU is as good as before.
  @Test func anErrorOfTheApplicationLeavesTheGPU() throws {
    var world = world(replicas: 1)
    world.schedule(.nodes(node, .gpu(0, xid: 31)), at: ClusterRig.at(61))
    world.run(until: ClusterRig.at(120))
    #expect(world.pods.views[0].restarts == 1)
    #expect(world.pods.views[0].ready)
    #expect(offered(world) == 2)
  }

  /// Until the kubelet has posted its status, the scheduler counts on the GPU: the kubelet does not take
  /// the pod, which has failed, and its ReplicaSet makes another one.
  @Test func aPodThatWasBoundTooSoonIsNotTaken() throws {
    var world = world(replicas: 1)
    world.schedule(.nodes(node, .gpu(1, xid: 79)), at: ClusterRig.at(61))
    world.schedule(.scale(key, replicas: 2), at: ClusterRig.at(62))
    world.run(until: ClusterRig.at(150))
    let phases = world.pods.views.map(\.phase)
    #expect(phases.first == .running)
    #expect(phases.count >= 3 && phases.last == .pending)
    #expect(phases.dropFirst().dropLast().allSatisfy { $0 == .failed })
    #expect(world.devices(of: PodID(1), gpu).isEmpty)
    #expect(world.pods.unschedulable[PodID(phases.count - 1)] != nil)
    let words = world.timeline.compactMap { entry in
      if case .podRejected(_, let message) = entry.happening { message } else { nil }
    }
    let rejected = phases.count - 2
    #expect(
      words
        == Array(
          repeating: "Allocate failed due to requested number of devices unavailable for "
            + "nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected", count: rejected))
    world.scrape(through: ClusterRig.at(150))
    let scraped = world.telemetry
    let reasons = scraped?.total(
      "kube_pod_status_reason", ["reason": "UnexpectedAdmissionError"])
    #expect(reasons == Double(rejected))
  }

  /// A machine that boots has reset its GPUs.
  @Test func aMachineComesBackWithAllOfThem() throws {
    var world = world(replicas: 1)
    world.schedule(.nodes(node, .gpu(0, xid: 79)), at: ClusterRig.at(61))
    world.schedule(.nodes(node, .crash), at: ClusterRig.at(80))
    world.schedule(.nodesRecover(node, .crash), at: ClusterRig.at(120))
    world.run(until: ClusterRig.at(110))
    #expect(offered(world) == 1)
    world.run(until: ClusterRig.at(180))
    #expect(offered(world) == 2)
    #expect(world.pods.views[0].ready)
  }

  @Test func onlyNodesThatHaveTheGPUAreHit() {
    var world = world(replicas: 1)
    world.schedule(.nodes(NodeSelection(count: 1), .gpu(2, xid: 79)), at: ClusterRig.at(61))
    world.run(until: ClusterRig.at(90))
    #expect(offered(world) == 2)
    #expect(
      world.first { if case .fault("no node to hit") = $0 { true } else { false } }
        == ClusterRig.at(61))
  }
}
