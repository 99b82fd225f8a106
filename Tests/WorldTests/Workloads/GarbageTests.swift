import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// What belongs to a deleted workload goes, however often its collector crashes.
@Suite struct GarbageTests {
  private let end = ClusterRig.at(200)

  private func job() -> Job {
    var job = Job(meta: ObjectMeta(name: "migrate"), template: SetRig.template("a:v1", label: "a"))
    job.template.spec.restartPolicy = .never
    job.template.spec.containers[0].readinessProbe = nil
    job.completions = 1
    return job
  }

  /// All three kinds are deleted while a StatefulSet is updated, and another set stays.
  private func deleting() -> World {
    var staying = SetRig.db(replicas: 1)
    staying.meta.name = "kept"
    var world = SetRig.world([
      .statefulSet(SetRig.db()), .daemonSet(SetRig.agent()), .statefulSet(staying), .job(job()),
    ])
    world.schedule(.setImage(SetRig.key, container: nil, image: "db:v2"), at: ClusterRig.at(60))
    let job = ObjectKey(.job, namespace: "default", name: "migrate")
    for key in [SetRig.key, SetRig.agentKey, job] {
      world.schedule(.delete(key), at: ClusterRig.at(62))
    }
    return world
  }

  @Test func nothingIsLeftWhereverTheControllersCrash() {
    var world = deleting()
    var (seen, crashes) = (0, 0)
    while world.step(until: end) {
      guard world.requestCount > seen, world.now >= ClusterRig.at(59) else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(fork.living == ["kept-0 v1"], "crashed at request \(seen)")
      #expect(fork.workloads.revisions.compactMap { $0 }.count == 1)
    }
    #expect(world.living == ["kept-0 v1"])
    #expect(crashes > 5)
  }

  @Test func aSetThatIsMadeAgainHasNothingOfTheOldOne() {
    var world = deleting()
    world.schedule(.apply(.statefulSet(SetRig.db("db:v3"))), at: ClusterRig.at(63))
    world.run(until: end)
    #expect(world.living == ["db-0 v3", "db-1 v3", "db-2 v3", "kept-0 v1"])
    let again = world.workloads.statefulSets.rows.compactMap { $0 }.first { $0.meta.name == "db" }
    #expect(again?.status.availableReplicas == 3 && again?.meta.generation == 1)
  }
}
