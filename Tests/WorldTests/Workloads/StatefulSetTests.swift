import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

@Suite struct StatefulSetTests {
  private let update = ClusterRig.at(60)

  private func updated(
    to image: String = "db:v2", replicas: Int = 3, _ change: (inout StatefulSet) -> Void = { _ in }
  ) -> World {
    let set = SetRig.db(replicas: replicas, change)
    var world = SetRig.world([.statefulSet(set)])
    world.schedule(.setImage(SetRig.key, container: nil, image: image), at: update)
    return world
  }

  private func order(_ ordinals: [Int], _ words: (String) -> [String]) -> [String] {
    ordinals.flatMap { words("db-\($0)") }
  }

  @Test func podsComeInOrderUnderNamesOfTheirOwn() {
    var world = SetRig.world([.statefulSet(SetRig.db())])
    world.run(until: update)
    #expect(world.steps() == order([0, 1, 2]) { ["created \($0) v1", "ready \($0) v1"] })
    #expect(world.db?.status.availableReplicas == 3)
    #expect(world.revisionNumbers == ["db:v1 1"])
    let name = world.workloads.revisions.compactMap { $0 }.first?.meta.name
    #expect(world.db?.status.currentRevision == name)
    #expect(world.labels(of: PodID(0))["controller-revision-hash"] == name)
  }

  @Test func anUpdateGoesBackwardsAndAPodComesBackOnlyWhenTheOldOneIsGone() {
    var world = updated()
    world.run(until: update)
    world.run(until: ClusterRig.at(300))
    #expect(
      world.steps(after: update)
        == order([2, 1, 0]) {
          ["terminating \($0) v1", "gone \($0) v1", "created \($0) v2", "ready \($0) v2"]
        })
    #expect(world.db?.status.updatedReplicas == 3)
    #expect(world.db?.status.currentRevision == world.db?.status.updateRevision)
    // Draws are named by the pod's name and revision: the same name draws anew.
    #expect(Set(world.pods.causes).count == 6)
  }

  @Test func aBrokenUpdateStaysBrokenUntilThePodIsDeletedByHand() {
    var world = updated(to: "db:broken")
    world.schedule(.undo(SetRig.key), at: ClusterRig.at(120))
    world.run(until: ClusterRig.at(300))
    #expect(world.living == ["db-0 v1", "db-1 v1", "db-2 broken not ready"])
    #expect(world.revisionNumbers == ["db:broken 2", "db:v1 3"])
    world.schedule(
      .pod(.named("db-2"), .delete(gracePeriodSeconds: nil)), at: ClusterRig.at(310))
    world.run(until: ClusterRig.at(400))
    #expect(world.living == ["db-0 v1", "db-1 v1", "db-2 v1"])
  }

  @Test func aBrokenParallelUpdateIsUndone() {
    var world = updated(to: "db:broken") { $0.podManagementPolicy = "Parallel" }
    world.schedule(.undo(SetRig.key), at: ClusterRig.at(120))
    world.run(until: ClusterRig.at(300))
    #expect(world.living == ["db-0 v1", "db-1 v1", "db-2 v1"])
  }

  @Test func aPartitionHoldsTheUpdateAndComesBackOld() {
    var world = updated { $0.partition = 2 }
    world.schedule(
      .deletePods(workload: SetRig.key, count: 3), at: ClusterRig.at(150))
    world.run(until: ClusterRig.at(149))
    #expect(world.living == ["db-0 v1", "db-1 v1", "db-2 v2"])
    world.run(until: ClusterRig.at(400))
    #expect(world.living == ["db-0 v1", "db-1 v1", "db-2 v2"])
    #expect(world.pods.count == 7)
  }

  @Test func onDeleteReplacesWhatIsDeleted() {
    var world = updated { $0.updateStrategy = "OnDelete" }
    world.schedule(
      .pod(.named("db-1"), .delete(gracePeriodSeconds: nil)), at: ClusterRig.at(100))
    world.run(until: ClusterRig.at(300))
    #expect(world.living == ["db-0 v1", "db-1 v2", "db-2 v1"])
  }

  @Test func scalingGoesUpInOrderAndDownFromTheEnd() {
    var world = SetRig.world([.statefulSet(SetRig.db(replicas: 1))])
    world.schedule(.scale(SetRig.key, replicas: 3), at: ClusterRig.at(60))
    world.schedule(.scale(SetRig.key, replicas: 1), at: ClusterRig.at(120))
    world.run(until: ClusterRig.at(119))
    #expect(world.living == ["db-0 v1", "db-1 v1", "db-2 v1"])
    world.run(until: ClusterRig.at(200))
    #expect(
      world.steps(after: ClusterRig.at(120))
        == order([2, 1]) { ["terminating \($0) v1", "gone \($0) v1"] })
    #expect(world.db?.meta.generation == 3)
  }

  @Test func maxUnavailableCountsOnlyWhereTheFeatureIsSwitchedOn() {
    for isOn in [false, true] {
      let set = SetRig.db(replicas: 5) {
        $0.maxUnavailable = .int(2)
        $0.podManagementPolicy = "Parallel"
      }
      var world = SetRig.world([.statefulSet(set)], nodes: 3) {
        $0.gates.maxUnavailableStatefulSet = isOn
      }
      world.schedule(.setImage(SetRig.key, container: nil, image: "db:v2"), at: update)
      world.run(until: ClusterRig.at(300))
      let first = world.steps(after: update).prefix(2)
      #expect(first.count { $0.hasPrefix("terminating") } == (isOn ? 2 : 1))
      #expect(world.living.allSatisfy { $0.hasSuffix("v2") })
    }
  }

  @Test func theHistoryIsTruncated() {
    var world = updated { $0.revisionHistoryLimit = 1 }
    for (index, image) in ["db:v3", "db:v4"].enumerated() {
      world.schedule(
        .setImage(SetRig.key, container: nil, image: image),
        at: ClusterRig.at(200 + 100 * Int64(index)))
    }
    world.run(until: ClusterRig.at(500))
    #expect(world.revisionNumbers == ["db:v3 3", "db:v4 4"])
  }

  @Test func whatMayNotChangeIsRefused() {
    var world = SetRig.world([.statefulSet(SetRig.db())])
    world.schedule(.apply(.statefulSet(SetRig.db { $0.serviceName = "other" })), at: update)
    world.run(until: ClusterRig.at(70))
    #expect(world.db?.serviceName == "")
    let isRefused = world.timeline.contains {
      if case .refused(_, let words) = $0.happening { words.contains("Forbidden") } else { false }
    }
    #expect(isRefused)
  }

  @Test func aRestartReplacesEveryPodAndADeletionLeavesNothing() {
    var world = SetRig.world([.statefulSet(SetRig.db())])
    world.schedule(.restart(SetRig.key), at: update)
    world.schedule(.delete(SetRig.key), at: ClusterRig.at(200))
    world.run(until: ClusterRig.at(199))
    #expect(world.pods.count == 6 && world.living.count == 3)
    world.run(until: ClusterRig.at(300))
    #expect(world.living.isEmpty && world.revisionNumbers.isEmpty && world.objects.isEmpty)
  }

  @Test func aServiceSendsRequestsToItsPods() {
    let service = Service(meta: ObjectMeta(name: "db"), selector: ["app": "db"])
    var world = SetRig.world([.statefulSet(SetRig.db()), .service(service)]) {
      $0.loads = [
        LoadSpec(
          service: ObjectKey(.service, namespace: "default", name: "db"),
          curve: .constant(milliRate: 20_000))
      ]
    }
    world.schedule(.setImage(SetRig.key, container: nil, image: "db:v2"), at: update)
    world.run(until: ClusterRig.at(200))
    let late = world.traffic.series(LoadID(0)).suffix(60)
    #expect(late.allSatisfy { $0.ok > 0 && $0.refused == 0 && $0.noEndpoints == 0 })
    // By revision, as of ReplicaSets.
    #expect(world.owners.count == 2)
    for owner in world.owners.indices {
      #expect(!world.traffic.series(LoadID(0), revision: UInt32(owner)).isEmpty)
    }
  }

  @Test func aServiceMayChooseOnePodByItsName() throws {
    func service(_ name: String, _ selector: Labels) -> ClusterObject {
      .service(Service(meta: ObjectMeta(name: name), selector: selector))
    }
    var world = SetRig.world([
      .statefulSet(SetRig.db()),
      service("all", ["app": "db"]),
      service("one", ["statefulset.kubernetes.io/pod-name": "db-1"]),
      service("third", ["app": "db", "apps.kubernetes.io/pod-index": "2"]),
      service("none", ["app": "web", "apps.kubernetes.io/pod-index": "2"]),
    ])
    world.run(until: update)
    func names(_ world: borrowing World) -> [[String]] {
      world.services.rows.map { row in row.ready.map { world.podName($0) } }
    }
    #expect(names(world) == [["db-0", "db-1", "db-2"], ["db-1"], ["db-2"], []])
    world.schedule(
      .pod(.named("db-1"), .delete(gracePeriodSeconds: nil)), at: ClusterRig.at(70))
    world.run(until: ClusterRig.at(120))
    #expect(names(world)[1] == ["db-1"] && world.services.rows[1].ready == [PodID(3)])
  }

  @Test func controllersThatCrashAtAnyRequestComeToTheSameEnd() {
    let end = ClusterRig.at(260)
    var whole = updated { $0.minReadySeconds = 2 }
    whole.run(until: end)
    let expected = whole.living
    #expect(expected == ["db-0 v2", "db-1 v2", "db-2 v2"])
    var world = updated { $0.minReadySeconds = 2 }
    var (seen, crashes) = (0, 0)
    while world.step(until: end) {
      guard world.requestCount > seen else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(fork.living == expected, "crashed at request \(seen)")
      #expect(fork.revisionNumbers == whole.revisionNumbers)
      #expect(fork.db?.status == whole.db?.status)
    }
    #expect(crashes > 20)
  }
}
