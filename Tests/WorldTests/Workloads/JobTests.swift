import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// Work that ends: a container of a Job ends with success after its profile's start-up time.
@Suite struct JobTests {
  private let key = ObjectKey(.job, namespace: "default", name: "migrate")

  private func job(
    _ image: String = "migrate:v1", _ change: (inout Job) -> Void = { _ in }
  ) -> Job {
    var container = Container(name: "main", image: image)
    container.resources.requests = ["cpu": Quantity(milli: 500)]
    var spec = PodSpec(containers: [container])
    spec.restartPolicy = .never
    var job = Job(
      meta: ObjectMeta(name: "migrate"),
      template: PodTemplate(labels: ["app": "migrate"], spec: spec))
    job.completions = 1
    change(&job)
    return job
  }

  private func cluster(_ objects: [ClusterObject], nodes: Int = 2) -> World {
    SetRig.world(objects, nodes: nodes) {
      var work = ImageProfile(match: "migrate:v1")
      work.startup = .constant(.seconds(20))
      var broken = work
      broken.match = "migrate:broken"
      broken.crashAfterStart = .constant(.seconds(3))
      $0.profiles = [work, broken] + $0.profiles
    }
  }

  private func status(_ world: borrowing World) -> JobStatus {
    world.workloads.jobs.rows[0]?.status ?? JobStatus()
  }

  private func reasons(_ world: borrowing World) -> [String] {
    status(world).conditions.map { "\($0.type) \($0.reason)" }
  }

  private func created(_ world: borrowing World) -> [Double] {
    world.timeline.compactMap { entry in
      if case .podCreated = entry.happening { entry.at.seconds } else { nil }
    }
  }

  @Test func aMigrationRunsToItsEndAndLeavesItsPod() throws {
    var world = cluster([.job(job())])
    world.run(until: ClusterRig.at(20))
    #expect(status(world).active == 1 && status(world).conditions.isEmpty)
    world.run(until: ClusterRig.at(60))
    #expect(status(world).succeeded == 1 && status(world).active == 0)
    #expect(
      reasons(world) == ["SuccessCriteriaMet CompletionsReached", "Complete CompletionsReached"])
    #expect(world.pods.views.map(\.phase) == [.succeeded])
    #expect(!world.pods.views[0].ready && !world.pods.views[0].gone)
    let ended = try #require(status(world).completionTime)
    #expect(ended.seconds >= 20 && ended.seconds <= 30)
  }

  @Test func anEndedPodMakesRoom() {
    let big = job { $0.template.spec.containers[0].resources.requests = ["cpu": Quantity(3)] }
    let waiting = ClusterRig.deployment("web", replicas: 1, milliCPU: 3000)
    var world = cluster([.job(big)], nodes: 1)
    world.schedule(.apply(.deployment(waiting)), at: ClusterRig.at(5))
    world.run(until: ClusterRig.at(15))
    #expect(world.pods.unschedulable.count == 1)
    world.run(until: ClusterRig.at(90))
    #expect(world.deployments[0].status.availableReplicas == 1)
  }

  @Test func parallelismAndCompletions() {
    for isIndexed in [false, true] {
      var world = cluster([
        .job(
          job {
            ($0.completions, $0.parallelism) = (5, 2)
            if isIndexed { $0.completionMode = "Indexed" }
          })
      ])
      world.run(until: ClusterRig.at(20))
      #expect(status(world).active == 2)
      world.run(until: ClusterRig.at(160))
      #expect(status(world).succeeded == 5 && world.pods.count == 5)
      let slots = world.pods.slots
      #expect(slots == (0..<5).map { isIndexed ? .completion($0) : .any })
      #expect(world.podName(PodID(3)).hasPrefix(isIndexed ? "migrate-3-" : "migrate-"))
    }
  }

  @Test func failuresAreTriedAgainWithABackOffUpToTheLimit() {
    var world = cluster([.job(job("migrate:broken") { $0.backoffLimit = 3 })])
    world.run(until: ClusterRig.at(400))
    let times = created(world)
    #expect(times.count == 4)
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    // The pod takes some seconds to fail, and then 10, 20 and 40 s pass.
    for (gap, wait) in zip(gaps, [10.0, 20, 40]) { #expect(gap > wait && gap < wait + 14) }
    #expect(status(world).failed == 4)
    #expect(
      reasons(world) == ["FailureTarget BackoffLimitExceeded", "Failed BackoffLimitExceeded"])
    #expect(world.pods.views.allSatisfy { $0.phase == .failed })
  }

  @Test func restartsWithinAPodCountToo() {
    var world = cluster([
      .job(
        job("migrate:broken") {
          $0.backoffLimit = 2
          $0.template.spec.restartPolicy = .onFailure
        })
    ])
    world.run(until: ClusterRig.at(200))
    #expect(world.pods.count == 1)
    #expect(reasons(world).last == "Failed BackoffLimitExceeded")
    #expect(world.pods.views[0].gone, "the pod that runs on is deleted")
  }

  @Test func aDeadlineEndsIt() {
    var world = cluster([.job(job { $0.activeDeadlineSeconds = 10 })])
    world.run(until: ClusterRig.at(100))
    #expect(reasons(world) == ["FailureTarget DeadlineExceeded", "Failed DeadlineExceeded"])
    #expect(world.pods.views[0].gone)
  }

  @Test func aSuspendedJobWaits() {
    var world = cluster([.job(job { $0.suspend = true })])
    world.schedule(.apply(.job(job())), at: ClusterRig.at(50))
    world.run(until: ClusterRig.at(49))
    #expect(world.pods.count == 0)
    world.run(until: ClusterRig.at(120))
    #expect(reasons(world).last == "Complete CompletionsReached")
  }

  @Test func aSidecarEndsWithTheWork() {
    var sidecar = Container(name: "proxy", image: "proxy:v1")
    sidecar.restartPolicy = "Always"
    var world = cluster([.job(job { $0.template.spec.initContainers = [sidecar] })])
    world.run(until: ClusterRig.at(120))
    #expect(world.pods.views[0].phase == .succeeded)
    #expect(reasons(world).last == "Complete CompletionsReached")
  }

  @Test func aDeletedJobTakesItsPodsAlong() {
    var world = cluster([.job(job())])
    world.schedule(.delete(key), at: ClusterRig.at(10))
    world.run(until: ClusterRig.at(100))
    #expect(world.pods.views.map(\.gone) == [true])
    #expect(world.objects.isEmpty)
  }

  @Test func aPodThatIsLostIsReplacedAndCountsAsFailed() {
    var world = cluster([.job(job())])
    world.schedule(.deletePods(workload: key, count: 1), at: ClusterRig.at(10))
    world.run(until: ClusterRig.at(120))
    #expect(status(world).failed == 1 && status(world).succeeded == 1)
    #expect(world.pods.count == 2)
  }

  @Test func controllersThatCrashAtAnyRequestComeToTheSameEnd() {
    let end = ClusterRig.at(160)
    func begin() -> World {
      cluster([
        .job(job { ($0.completions, $0.parallelism, $0.completionMode) = (4, 2, "Indexed") })
      ])
    }
    var whole = begin()
    whole.run(until: end)
    #expect(status(whole).succeeded == 4)
    var world = begin()
    var (seen, crashes) = (0, 0)
    while world.step(until: end) {
      guard world.requestCount > seen else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(status(fork).succeeded == 4, "crashed at request \(seen)")
      #expect(reasons(fork) == reasons(whole))
    }
    #expect(crashes > 8)
  }
}
