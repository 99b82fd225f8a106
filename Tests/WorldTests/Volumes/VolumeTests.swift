import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// Volumes of claims: zones, and one node at a time.
@Suite struct VolumeTests {
  private func claim(_ modes: [String]) -> ClusterObject {
    var claim = PersistentVolumeClaim(meta: ObjectMeta(name: "data"))
    claim.accessModes = modes
    return .persistentVolumeClaim(claim)
  }

  private func deployment(_ replicas: Int = 1, milliCPU: Int64 = 3000) -> Deployment {
    ClusterRig.deployment(replicas: replicas, milliCPU: milliCPU) {
      $0.volumes = [
        Volume(name: "data", source: .persistentVolumeClaim(name: "data", readOnly: false))
      ]
    }
  }

  private func world(_ modes: [String], zones: [String], _ deployment: Deployment) -> World {
    let nodes = zones.enumerated().map { ClusterRig.node("n\($0)", zone: $1) }
    return World(ClusterRig.options(nodes, [claim(modes), .deployment(deployment)]))
  }

  private func waits(_ world: borrowing World) -> Int {
    world.timeline.count { if case .volumeBusy = $0.happening { true } else { false } }
  }

  private func surge(_ modes: [String]) -> World {
    var world = world(modes, zones: ["a", "a"], deployment())
    let key = ObjectKey(.deployment, namespace: "default", name: "web")
    world.schedule(.setImage(key, container: nil, image: "web:v2"), at: ClusterRig.at(60))
    world.run(until: ClusterRig.at(200))
    return world
  }

  /// The surge pod fits on the other node only, and waits for a volume that the old one holds.
  @Test func aVolumeForOneNodeBlocksTheSurge() {
    let blocked = surge(["ReadWriteOnce"])
    #expect(waits(blocked) == 1)
    let live = blocked.pods.views.filter { !$0.gone && !$0.terminating }
    #expect(live.count == 2 && live.count { $0.ready } == 1)
    let shared = surge(["ReadWriteMany"])
    #expect(waits(shared) == 0)
    #expect(shared.placements.count == 1)
    #expect(shared.deployments[0].status.updatedReplicas == 1)
  }

  /// The first pod is gone: its successor gets the volume after the time that it takes to move it.
  @Test func aVolumeMovesWhenItsPodIsGone() throws {
    var deployment = deployment()
    deployment.spec.strategy.kind = .recreate
    var world = world(["ReadWriteOnce"], zones: ["a", "a"], deployment)
    world.run(until: ClusterRig.at(30))
    let first = try #require(world.placements.first)
    world.schedule(.node(.named(first), .cordon(true)), at: ClusterRig.at(40))
    world.schedule(.pod(.made(0), .delete(gracePeriodSeconds: nil)), at: ClusterRig.at(41))
    world.run(until: ClusterRig.at(100))
    #expect(world.placements.count == 1 && world.placements != [first])
    #expect(world.pods.views[1].ready)
    let gone = try #require(
      world.first(after: ClusterRig.at(40)) { $0 == .podGone(PodID(0)) })
    let running = try #require(
      world.first(after: ClusterRig.at(40)) { $0 == .podRunning(PodID(1)) })
    // Waited for only where the new pod was there before the old one had gone.
    if waits(world) > 0 { #expect(running >= gone + world.options.latencies.volumeAttach) }
  }

  @Test func aVolumeStaysInTheZoneOfItsFirstPod() throws {
    var world = world(["ReadWriteOnce"], zones: ["a", "b", "c"], deployment())
    world.run(until: ClusterRig.at(30))
    let first = try #require(world.placements.first)
    world.schedule(.node(.named(first), .drain), at: ClusterRig.at(40))
    world.run(until: ClusterRig.at(100))
    #expect(world.placements.isEmpty)
    let message = world.pods.unschedulable.values.first ?? ""
    #expect(
      message.hasPrefix(
        "0/3 nodes are available: 1 node(s) were unschedulable, "
          + "2 node(s) didn't match PersistentVolume's node affinity."), "\(message)")
    world.schedule(.node(.named(first), .cordon(false)), at: ClusterRig.at(100))
    world.run(until: ClusterRig.at(140))
    #expect(world.placements == [first])
  }

  @Test func aForkKeepsWhoHoldsWhat() {
    let whole = surge(["ReadWriteOnce"]).digest
    var world = world(["ReadWriteOnce"], zones: ["a", "a"], deployment())
    let key = ObjectKey(.deployment, namespace: "default", name: "web")
    world.schedule(.setImage(key, container: nil, image: "web:v2"), at: ClusterRig.at(60))
    world.run(until: ClusterRig.at(62))
    var fork = world.fork()
    fork.run(until: ClusterRig.at(200))
    #expect(fork.digest == whole)
  }
}
