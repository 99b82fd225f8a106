import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// Pods that stand in a manifest by themselves.
@Suite struct SinglePodTests {
  private func pod(_ name: String, milliCPU: Int64 = 500) -> Pod {
    let template = ClusterRig.deployment("web", replicas: 1, milliCPU: milliCPU).spec.template
    return Pod(meta: ObjectMeta(name: name, labels: template.labels), spec: template.spec)
  }

  private func key(_ name: String) -> ObjectKey {
    ObjectKey(.pod, namespace: "default", name: name)
  }

  @Test func itIsScheduledServesAndIsNotReplaced() throws {
    let service = Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])
    var world = World(
      ClusterRig.options(
        [ClusterRig.node("n0")], [.pod(pod("solo")), .service(service), .pod(pod("second"))]))
    world.run(until: ClusterRig.at(30))
    #expect(world.pods.views.map(\.ready) == [true, true])
    #expect(world.services.rows[0].ready == [PodID(0), PodID(1)])
    #expect(world.podName(PodID(0)) == "solo")
    #expect(world.objects.map(\.key.name) == ["second", "solo", "web"])
    world.schedule(.deletePods(workload: key("solo"), count: 1), at: ClusterRig.at(31))
    world.run(until: ClusterRig.at(120))
    #expect(world.pods.views.map(\.gone) == [true, false])
    #expect(world.services.rows[0].ready == [PodID(1)])
    #expect(world.objects.map(\.key.name) == ["second", "web"])
    // Under the name of one that is gone comes another; one that is there stays.
    for _ in 0..<2 { world.schedule(.apply(.pod(pod("solo"))), at: ClusterRig.at(130)) }
    world.run(until: ClusterRig.at(160))
    #expect(world.pods.views.map(\.ready) == [false, true, true])
    #expect(world.pods.causes[0] == world.pods.causes[2])
  }

  @Test func itTakesRoomAndWaitsForIt() {
    var world = World(
      ClusterRig.options(
        [ClusterRig.node("n0", cpu: 1)],
        [.pod(pod("a", milliCPU: 700)), .pod(pod("b", milliCPU: 700))]))
    world.run(until: ClusterRig.at(30))
    #expect(world.placements == ["n0"])
    #expect(world.pods.unschedulable.count == 1)
  }

  @Test func itMayNameItsNode() {
    var named = pod("named")
    named.spec.nodeName = "n1"
    let nodes = (0..<4).map { ClusterRig.node("n\($0)") }
    var world = World(ClusterRig.options(nodes, [.pod(named)]))
    world.run(until: ClusterRig.at(30))
    #expect(world.placements == ["n1"])
    #expect(world.pods.views[0].ready)
  }

  @Test func aQuotaCountsItAndForbidsTheNext() {
    var quota = ResourceQuota(meta: ObjectMeta(name: "few"))
    quota.hard = ["pods": Quantity(1)]
    var world = World(
      ClusterRig.options([ClusterRig.node("n0")], [.resourceQuota(quota), .pod(pod("a"))]))
    world.schedule(.apply(.pod(pod("b"))), at: ClusterRig.at(5))
    world.run(until: ClusterRig.at(30))
    #expect(world.pods.count == 1)
    let refused = world.timeline.contains {
      if case .refused(key("b"), _) = $0.happening { true } else { false }
    }
    #expect(refused)
  }
}
