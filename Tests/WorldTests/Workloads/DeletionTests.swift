import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// `kubectl delete` of every kind that is stored, and what goes with it.
@Suite struct DeletionTests {
  private static let key = ObjectKey(.deployment, namespace: "default", name: "web")
  private let deletion = ClusterRig.at(100)
  private let end = ClusterRig.at(300)

  private static func web(_ image: String = "web:v1") -> ClusterObject {
    .deployment(
      Deployment(
        meta: ObjectMeta(name: "web"),
        spec: DeploymentSpec(
          replicas: 3, selector: LabelSelector(matchLabels: ["app": "web"]),
          template: SetRig.template(image, label: "web"))))
  }

  private static func meta(_ name: String) -> ObjectMeta { ObjectMeta(name: name) }

  private static var autoscaler: ClusterObject {
    .horizontalPodAutoscaler(
      HorizontalPodAutoscaler(
        meta: meta("web"), targetAPIVersion: "apps/v1", targetKind: "Deployment",
        targetName: "web", maxReplicas: 5))
  }

  private static var budget: ClusterObject {
    var budget = PodDisruptionBudget(meta: meta("web"))
    budget.selector = LabelSelector(matchLabels: ["app": "web"])
    budget.minAvailable = .int(2)
    return .podDisruptionBudget(budget)
  }

  private static var quota: ClusterObject {
    var quota = ResourceQuota(meta: meta("all"))
    quota.hard = ["count/deployments.apps": Quantity(2), "pods": Quantity(10)]
    return .resourceQuota(quota)
  }

  private static let service = ClusterObject.service(
    Service(meta: meta("web"), selector: ["app": "web"]))

  private static let everyKind: [ClusterObject] = [
    web(), .statefulSet(SetRig.db()), .daemonSet(SetRig.agent()), autoscaler, budget, quota,
    service,
    .configMap(ConfigData(meta: meta("settings"), data: [:])),
    .secret(ConfigData(meta: meta("password"), data: [:])),
    .job(Job(meta: meta("migrate"), template: SetRig.template("job:v1", label: "job"))),
    .limitRange(LimitRange(meta: meta("limits"))),
    .persistentVolumeClaim(PersistentVolumeClaim(meta: meta("disk"))),
    .pod(Pod(meta: meta("tool"), spec: SetRig.template("tool:v1", label: "tool").spec)),
    .opaque(
      OpaqueObject(
        apiVersion: "v1", kind: Kind("ServiceAccount"), meta: meta("robot"), document: .null)),
  ]

  @Test(arguments: everyKind.indices)
  func whatIsDeletedIsGoneAndNothingElse(_ index: Int) {
    let all = Self.everyKind
    var world = SetRig.world(all)
    world.schedule(.delete(all[index].key), at: deletion)
    world.run(until: end)
    let kept = all.map(\.key).filter { $0 != all[index].key }.sorted()
    #expect(world.objects.map(\.key) == kept)
    #expect(
      world.timeline.contains { $0.happening == .applied(all[index].key) && $0.at >= deletion })
    // Its pods too, and nobody else's.
    let owners = Set(
      world.pods.views.filter { !$0.gone }.map { world.owners[$0.owner.index].workload })
    let running = kept.filter {
      [.deployment, .statefulSet, .daemonSet, .job, .pod].contains($0.kind)
    }
    #expect(owners == Set(running))
  }

  @Test func aDeploymentTakesItsReplicaSetsAndPodsAlong() {
    var world = SetRig.world([Self.web(), Self.service])
    world.schedule(.setImage(Self.key, container: nil, image: "web:v2"), at: ClusterRig.at(60))
    world.schedule(.delete(Self.key), at: deletion)
    world.run(until: deletion)
    #expect(world.replicaSets.compactMap { $0 }.count == 2)
    #expect(world.services.rows[0].ready.count == 3)
    world.run(until: end)
    #expect(world.deployments.isEmpty && world.replicaSets.allSatisfy { $0 == nil })
    #expect(world.living.isEmpty && world.services.rows[0].ready.isEmpty)
    // Nobody makes pods for it any more: a set that goes after its pods would.
    #expect(!world.steps(after: deletion).contains { $0.hasPrefix("created") })
    #expect(world.scales.last?.replicas == 0)
  }

  @Test func oneThatIsMadeAnewHasNothingOfTheOldOne() {
    var world = SetRig.world([Self.web(), Self.service])
    world.schedule(.delete(Self.key), at: deletion)
    world.schedule(.apply(Self.web("web:v2")), at: ClusterRig.at(101))
    world.run(until: end)
    #expect(world.living.count == 3 && world.living.allSatisfy { $0.hasSuffix(" v2") })
    #expect(world.replicaSets.compactMap { $0 }.count == 1)
    #expect(world.services.rows[0].ready.count == 3)
  }

  @Test func aDeletedServiceHasNoEndpointsUntilItComesBack() {
    var world = SetRig.world([Self.web(), Self.service]) {
      $0.loads = [LoadSpec(service: Self.service.key, curve: .constant(milliRate: 20_000))]
    }
    world.schedule(.delete(Self.service.key), at: deletion)
    world.schedule(.apply(Self.service), at: ClusterRig.at(150))
    world.run(until: ClusterRig.at(200))
    let seconds = world.traffic.series(LoadID(0))
    let perSecond = seconds.count / 200
    func sum(_ from: Int, _ to: Int) -> (ok: Int64, none: Int64) {
      let part = seconds[(from * perSecond)..<(to * perSecond)]
      return (part.reduce(0) { $0 + $1.ok }, part.reduce(0) { $0 + $1.noEndpoints })
    }
    #expect(sum(90, 99).ok > 0 && sum(90, 99).none == 0)
    #expect(sum(120, 149).ok == 0 && sum(120, 149).none > 0)
    #expect(sum(170, 199).ok > 0 && sum(170, 199).none == 0)
  }

  @Test func aServiceThatComesLaterServesItsLoad() {
    var world = SetRig.world([Self.web()]) {
      $0.loads = [LoadSpec(service: Self.service.key, curve: .constant(milliRate: 20_000))]
    }
    world.schedule(.apply(Self.service), at: deletion)
    world.run(until: ClusterRig.at(200))
    #expect(world.services.rows[0].ready.count == 3)
    #expect(world.traffic.series(LoadID(0)).suffix(20).allSatisfy { $0.noEndpoints == 0 })
  }

  @Test func aQuotaCountsADeletedDeploymentNoMore() {
    var world = SetRig.world([Self.web(), Self.quota])
    world.schedule(.delete(Self.key), at: deletion)
    world.run(until: end)
    let used = world.admission.quotas[0].status.used
    #expect(used["count/deployments.apps"] == Quantity(0) && used["pods"] == Quantity(0))
  }

  @Test func aNamespaceTakesAllThatIsInIt() {
    var other = SetRig.db()
    other.meta.namespace = "other"
    var world = SetRig.world([
      Self.web(), Self.budget, Self.service, .statefulSet(other),
      .namespace(Namespace(meta: ObjectMeta(name: "default", namespace: ""))),
    ])
    world.schedule(.delete(ObjectKey(.namespace, namespace: "", name: "default")), at: deletion)
    world.run(until: end)
    #expect(world.objects.map(\.key) == [ClusterObject.statefulSet(other).key])
    #expect(world.living.count == 3)
  }

  @Test func whatIsNotThereIsSaidSo() {
    var world = SetRig.world([Self.web()])
    let absent = ObjectKey(.configMap, namespace: "default", name: "absent")
    world.schedule(.delete(absent), at: deletion)
    world.run(until: end)
    #expect(world.timeline.contains { $0.happening == .refused(absent, message: "not found") })
    #expect(world.living.count == 3)
  }

  @Test func controllersThatCrashAtAnyRequestComeToTheSameEnd() {
    var world = SetRig.world([Self.web(), .statefulSet(SetRig.db()), Self.autoscaler, Self.quota])
    world.schedule(.setImage(Self.key, container: nil, image: "web:v2"), at: ClusterRig.at(90))
    // In mid-rollout.
    world.schedule(.delete(Self.key), at: deletion)
    var (seen, crashes) = (0, 0)
    while world.step(until: end) {
      guard world.requestCount > seen, world.now >= ClusterRig.at(95) else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(fork.living == ["db-0 v1", "db-1 v1", "db-2 v1"], "crashed at request \(seen)")
      #expect(fork.replicaSets.allSatisfy { $0 == nil }, "crashed at request \(seen)")
      #expect(fork.admission.quotas[0].status.used["pods"] == Quantity(3))
    }
    #expect(crashes > 10)
  }

  @Test func crashesWhileEverythingIsDeletedLeaveNothingEither() {
    var world = SetRig.world(Self.everyKind)
    world.schedule(.delete(ObjectKey(.namespace, namespace: "", name: "default")), at: deletion)
    var (seen, crashes) = (0, 0)
    while world.step(until: end) {
      guard world.requestCount > seen, world.now >= deletion else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(fork.objects.isEmpty && fork.living.isEmpty, "crashed at request \(seen)")
      #expect(fork.replicaSets.allSatisfy { $0 == nil } && fork.revisionNumbers.isEmpty)
      #expect(fork.pods.views.allSatisfy { $0.gone }, "crashed at request \(seen)")
    }
    #expect(crashes > 5)
    #expect(world.objects.isEmpty && world.pods.views.allSatisfy { $0.gone })
  }
}
