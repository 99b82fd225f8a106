import ClusterAPI
import Testing
import Units

@testable import World

/// Admission and quotas as controllers meet them.
@Suite struct AdmissionTests {
  private func quota(_ hard: ResourceList) -> ResourceQuota {
    var quota = ResourceQuota(meta: ObjectMeta(name: "team"))
    quota.hard = hard
    return quota
  }

  private func world(
    _ hard: ResourceList?, replicas: Int = 3, _ others: [ClusterObject] = [],
    _ change: (inout PodSpec) -> Void = { _ in }
  ) -> World {
    let objects = others + (hard.map { [.resourceQuota(quota($0))] } ?? [])
    let deployment = ClusterRig.deployment(replicas: replicas, change)
    return World(
      ClusterRig.options(
        [ClusterRig.node("a", cpu: 8)], [.deployment(deployment)] + objects))
  }

  private let key = ObjectKey(.deployment, namespace: "default", name: "web")

  private func running(_ world: borrowing World) -> Int {
    world.pods.views.count { !$0.gone && !$0.terminating }
  }

  @Test func whatExceedsTheQuotaIsNotCreated() throws {
    var world = world(["pods": Quantity(2)])
    world.run(until: 60)
    #expect(running(world) == 2)
    #expect(world.admission.quotas[0].status.used == ["pods": Quantity(2)])
    let set = try #require(world.replicaSets[0])
    let failure = try #require(set.status.conditions.first { $0.type == "ReplicaFailure" })
    #expect(failure.reason == "FailedCreate")
    #expect(failure.message.hasPrefix("pods \"\(set.meta.name)-"))
    #expect(
      failure.message.hasSuffix(
        "\" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2"))
    let told = world.deployments[0].status.conditions.first { $0.type == "ReplicaFailure" }
    #expect(told?.message == failure.message)
    #expect(told?.status == .yes)
  }

  @Test func roomThatIsMadeIsUsed() {
    var world = world(["pods": Quantity(2)])
    world.schedule(.apply(.resourceQuota(quota(["pods": Quantity(5)]))), at: ClusterRig.at(20))
    world.run(until: 100)
    #expect(running(world) == 3)
    #expect(world.deployments[0].status.conditions.allSatisfy { $0.type != "ReplicaFailure" })
    #expect(world.admission.quotas[0].status.used == ["pods": Quantity(3)])
  }

  @Test func whatLeavesIsNoLongerCounted() {
    var world = world(["pods": Quantity(3), "requests.cpu": Quantity(4)])
    world.schedule(.scale(key, replicas: 1), at: ClusterRig.at(30))
    world.run(until: 29)
    #expect(world.admission.quotas[0].status.used["requests.cpu"] == Quantity(milli: 1500))
    world.run(until: 100)
    #expect(
      world.admission.quotas[0].status.used == [
        "pods": Quantity(1), "requests.cpu": Quantity(milli: 500),
      ])
    world.schedule(.scale(key, replicas: 3), at: ClusterRig.at(110))
    world.run(until: 200)
    #expect(running(world) == 3)
  }

  @Test func aQuotaThatComesLaterCountsWhatIsThere() {
    var world = world(nil)
    world.schedule(
      .apply(.resourceQuota(quota(["pods": Quantity(4), "count/deployments.apps": Quantity(1)]))),
      at: ClusterRig.at(30))
    world.schedule(
      .apply(.deployment(ClusterRig.deployment("other", replicas: 1))), at: ClusterRig.at(60))
    world.run(until: 90)
    #expect(
      world.admission.quotas[0].status.used == [
        "pods": Quantity(3), "count/deployments.apps": Quantity(1),
      ])
    #expect(world.deployments.count == 1)
    let refused = world.timeline.compactMap {
      if case .refused(_, let message) = $0.happening { message } else { nil }
    }
    #expect(
      refused == [
        "deployments.apps \"other\" is forbidden: exceeded quota: team, "
          + "requested: count/deployments.apps=1, used: count/deployments.apps=1, "
          + "limited: count/deployments.apps=1"
      ])
  }

  @Test func aReplicaSetThatIsForbiddenIsReported() throws {
    var world = world(["count/replicasets.apps": Quantity(1)])
    world.schedule(.setImage(key, container: nil, image: "web:v2"), at: ClusterRig.at(30))
    world.run(until: 60)
    let progressing = try #require(
      world.deployments[0].status.conditions.first { $0.type == "Progressing" })
    #expect(progressing.reason == "ReplicaSetCreateError")
    #expect(progressing.message.contains("exceeded quota: team"))
    #expect(world.replicaSets.count == 1)
  }

  @Test func aRangeFillsInAndRefuses() throws {
    var range = LimitRange(meta: ObjectMeta(name: "bounds"))
    var item = LimitRange.Item(type: "Container")
    item.defaultLimits = ["memory": Quantity(64 << 20)]
    item.defaultRequests = ["memory": Quantity(32 << 20)]
    range.limits = [item]
    var world = world(nil, [.limitRange(range)])
    range.limits[0].maximum = ["cpu": Quantity(milli: 100)]
    range.limits[0].defaultLimits["cpu"] = Quantity(milli: 100)
    world.schedule(.apply(.limitRange(range)), at: ClusterRig.at(30))
    world.schedule(.scale(key, replicas: 4), at: ClusterRig.at(40))
    world.run(until: 60)
    #expect(running(world) == 3)
    let own = world.template(of: PodID(0)).template.spec.containers[0].resources
    #expect(own.limits["memory"] == Quantity(64 << 20))
    #expect(world.template(of: PodID(0)).memory == .mebi(32))
    let failure = world.replicaSets[0]?.status.conditions.first { $0.type == "ReplicaFailure" }
    #expect(
      failure?.message.hasSuffix(
        "is forbidden: maximum cpu usage per Container is 100m, but request is 500m") == true)
  }

  @Test func aPodOfAnUnknownClassIsRefused() {
    var world = world(nil) { $0.priorityClassName = "high" }
    world.schedule(
      .apply(
        .priorityClass(PriorityClass(meta: ObjectMeta(name: "high", namespace: ""), value: 9))),
      at: ClusterRig.at(20))
    world.run(until: 19)
    #expect(world.pods.count == 0)
    #expect(
      world.replicaSets[0]?.status.conditions.first?.message.hasSuffix(
        "is forbidden: no PriorityClass with name high was found") == true)
    world.run(until: 90)
    #expect(running(world) == 3)
    #expect(world.template(of: PodID(0)).template.spec.priority == 9)
  }

  @Test func aForkUnderQuotaGivesTheDigestOfTheUnforkedRun() {
    func fresh() -> World {
      var world = world(["pods": Quantity(2)])
      world.schedule(.scale(key, replicas: 1), at: ClusterRig.at(30))
      return world
    }
    var whole = fresh()
    whole.run(until: 90)
    for second in [1, 12, 31, 40] as [Int64] {
      var first = fresh()
      first.run(until: second)
      var fork = first.fork()
      fork.run(until: 90)
      #expect(fork.digest == whole.digest, "forked at \(second) s")
    }
  }
}
