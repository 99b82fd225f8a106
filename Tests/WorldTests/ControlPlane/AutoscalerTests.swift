import ClusterAPI
import Control
import Kernel
import Testing
import Units

@testable import World

/// A Deployment of pods that request 200m of CPU, and an autoscaler that keeps them at half of it.
private struct Rig {
  var options = WorldOptions(seed: 1)
  static let workload = ObjectKey(.deployment, namespace: "default", name: "web")

  init(replicas: Int = 2, behavior: ScalingBehavior? = nil) {
    let size: ResourceList = [
      "cpu": Quantity(16), "memory": Quantity(64 << 30), "pods": Quantity(110),
    ]
    options.nodes = (0..<2).map { NodeSpec(name: "n\($0)", allocatable: size) }
    options.objects = [
      .deployment(Rig.deployment(replicas: replicas)),
      .horizontalPodAutoscaler(Rig.autoscaler(behavior: behavior)),
    ]
    var profile = ImageProfile(match: "*")
    profile.startup = .constant(.seconds(1))
    options.profiles = [profile]
  }

  static func deployment(replicas: Int?) -> Deployment {
    var container = Container(name: "web", image: "web:v1")
    container.resources.requests = ["cpu": Quantity(milli: 200)]
    let template = PodTemplate(labels: ["app": "web"], spec: PodSpec(containers: [container]))
    var spec = DeploymentSpec(
      replicas: replicas ?? 1, selector: LabelSelector(matchLabels: ["app": "web"]),
      template: template)
    spec.declaresReplicas = replicas != nil
    return Deployment(meta: ObjectMeta(name: "web"), spec: spec)
  }

  static func autoscaler(
    behavior: ScalingBehavior? = nil, name: String = "web"
  ) -> HorizontalPodAutoscaler {
    var object = HorizontalPodAutoscaler(
      meta: ObjectMeta(name: name), targetAPIVersion: "apps/v1", targetKind: "Deployment",
      targetName: "web", maxReplicas: 10)
    object.metrics = [.cpu(utilization: 50)]
    object.behavior = behavior
    return object
  }

  /// So many millicores from so many seconds on.
  mutating func cpu(_ sharing: MetricScript.Sharing, _ steps: [(Int64, Int64)]) {
    options.metrics = [
      MetricScript(
        .resource("cpu", of: Rig.workload), sharing: sharing,
        steps: steps.map { .init(at: .zero + .seconds($0.0), milli: $0.1) })
    ]
  }

  static var quick: ScalingBehavior {
    var down = ScalingRules()
    down.stabilizationWindowSeconds = 0
    return ScalingBehavior(scaleDown: down)
  }
}

extension World {
  fileprivate var replicas: Int { deployments[0].spec.replicas }

  fileprivate func reason(_ type: String) -> String? {
    autoscalers[0].status.conditions.first { $0.type == type }?.reason
  }

  /// Seconds at which the autoscaler changed the size.
  fileprivate var scalings: [(at: Double, from: Int, to: Int)] {
    timeline.compactMap {
      guard case .scaled(_, let from, let to) = $0.happening else { return nil }
      return ($0.at.seconds, from, to)
    }
  }
}

@Suite struct AutoscalerTests {
  private let end = Instant.zero + .seconds(400)

  @Test func theFirstSyncComesAPeriodAfterTheObjectAndThenEachPeriod() {
    var rig = Rig()
    rig.cpu(.total, [(0, 600), (60, 1000)])
    var world = World(rig.options)
    world.run(until: .zero + .seconds(14))
    #expect(world.autoscalers[0].status == HorizontalPodAutoscalerStatus())
    world.run(until: .zero + .seconds(29))
    #expect(world.replicas == 2, "the pods had not been ready for a window at 15 s")
    world.run(until: .zero + .seconds(44))
    #expect(world.replicas == 4, "600m are 150 % of 2 requests; 4 pods at most at first")
    world.run(until: .zero + .seconds(59))
    #expect(world.replicas == 6)
    world.run(until: end)
    #expect(world.replicas == 10)
    let times = world.scalings.map { ($0.at / 15).rounded() * 15 - $0.at }
    #expect(times.allSatisfy { $0.magnitude < 1.5 }, "\(world.scalings)")
  }

  @Test func realLoadIsMeasuredByTheMetricsServer() {
    var rig = Rig(behavior: Rig.quick)
    rig.options.objects.append(
      .service(Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])))
    let service = ObjectKey(.service, namespace: "default", name: "web")
    // A request costs 2 ms of CPU: 300 a second are 600m.
    rig.options.loads = [LoadSpec(service: service, curve: .constant(milliRate: 300_000))]
    var world = World(rig.options)
    world.run(until: .zero + .seconds(250))
    #expect((5...7).contains(world.replicas), "\(world.replicas)")
    let used = world.autoscalers[0].status.currentMetrics.first??.averageUtilization
    #expect(used.map { (40...60).contains($0) } == true, "\(String(describing: used))")
    #expect(world.reason("ScalingActive") == "ValidMetricFound")
  }

  @Test func withoutMetricsNothingIsScaled() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 200)])
    rig.options.metrics[0].gaps = [.init(from: .zero, to: .zero + .seconds(100))]
    var world = World(rig.options)
    world.run(until: .zero + .seconds(99))
    #expect(world.replicas == 2)
    #expect(world.reason("ScalingActive") == "FailedGetResourceMetric")
    world.run(until: .zero + .seconds(150))
    #expect(world.replicas > 2)
  }

  @Test func applyingReplicasFightsTheAutoscaler() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 200), (100, 100)])
    var declared = World(rig.options)
    declared.schedule(
      .apply(.deployment(Rig.deployment(replicas: 2))), at: .zero + .seconds(200))
    declared.run(until: .zero + .seconds(205))
    #expect(declared.replicas == 2, "the manifest says 2")
    declared.run(until: .zero + .seconds(260))
    #expect(declared.replicas > 2, "and the autoscaler takes it back")

    var silent = World(rig.options)
    silent.schedule(
      .apply(.deployment(Rig.deployment(replicas: nil))), at: .zero + .seconds(200))
    silent.run(until: .zero + .seconds(205))
    #expect(silent.replicas == 10)
  }

  @Test func aTargetAtZeroIsLeftAlone() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 200)])
    var world = World(rig.options)
    world.schedule(.scale(Rig.workload, replicas: 0), at: .zero + .seconds(50))
    world.run(until: .zero + .seconds(120))
    #expect(world.replicas == 0)
    #expect(world.reason("ScalingActive") == "ScalingDisabled")
    world.schedule(.scale(Rig.workload, replicas: 1), at: .zero + .seconds(121))
    world.run(until: .zero + .seconds(200))
    #expect(world.replicas > 1)
  }

  @Test func twoAutoscalersOfOneDeploymentDoNothing() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 200)])
    rig.options.objects.append(.horizontalPodAutoscaler(Rig.autoscaler(name: "other")))
    var world = World(rig.options)
    world.run(until: .zero + .seconds(100))
    #expect(world.replicas == 2)
    #expect(world.reason("ScalingActive") == "AmbiguousSelector")
  }

  @Test func aStatefulSetIsScaledTheSameWay() {
    var rig = Rig(behavior: Rig.quick)
    let template = Rig.deployment(replicas: 2).spec.template
    var set = StatefulSet(
      meta: ObjectMeta(name: "web"), selector: LabelSelector(matchLabels: ["app": "web"]),
      template: template)
    set.replicas = 2
    var autoscaler = Rig.autoscaler(behavior: Rig.quick)
    autoscaler.targetKind = "StatefulSet"
    rig.options.objects = [.statefulSet(set), .horizontalPodAutoscaler(autoscaler)]
    rig.cpu(.total, [(0, 200), (60, 700), (200, 300)])
    let key = ClusterObject.statefulSet(set).key
    rig.options.metrics[0].subject = .resource("cpu", of: key)
    var world = World(rig.options)
    world.run(until: .zero + .seconds(190))
    #expect(world.workloads.statefulSets.rows.first??.replicas == 7)
    world.run(until: end)
    #expect(world.workloads.statefulSets.rows.first??.replicas == 3)
    #expect(world.pods.views.count { $0.ready && !$0.gone } == 3)
  }

  @Test func aTargetThatIsNotThereCannotBeScaled() {
    var rig = Rig()
    rig.options.objects.removeFirst()
    var world = World(rig.options)
    world.run(until: .zero + .seconds(40))
    #expect(world.reason("AbleToScale") == "FailedGetScale")
  }

  @Test func aControllerThatCrashesAtAnyRequestComesToTheSameSize() {
    var rig = Rig(behavior: Rig.quick)
    rig.cpu(.total, [(0, 200), (40, 900), (110, 500)])
    var whole = World(rig.options)
    whole.run(until: end)
    #expect(whole.replicas == 5)
    var world = World(rig.options)
    var seen = 0
    var crashes = 0
    while world.step(until: end) {
      guard world.requestCount > seen else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(fork.replicas == 5, "crashed at request \(seen), \(world.now.seconds) s")
    }
    #expect(crashes > 60)
  }

  @Test func aCrashStartsThePeriodAnewAndLeavesOneChainOfSyncs() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 100)])
    /// Requests of all controllers until so many seconds after a crash in the middle of a period.
    func requests(_ options: WorldOptions) -> (Int64) -> Int {
      { seconds in
        var world = World(options)
        while world.step(until: end), world.now < .zero + .seconds(38) {}
        world.crashControllers()
        let (crash, before) = (world.now, world.requestCount)
        world.run(until: crash + .seconds(seconds))
        return world.requestCount - before
      }
    }
    let scaled = requests(rig.options)
    rig.options.objects.removeLast()
    let plain = requests(rig.options)
    #expect(scaled(14) == plain(14), "no sync of the process that died")
    // Five times scale and metrics are read; the status does not change.
    #expect(scaled(76) - plain(76) == 10)
  }

  @Test func aForkGoesOnLikeTheOriginal() {
    var rig = Rig(behavior: Rig.quick)
    rig.cpu(.total, [(0, 200), (40, 900), (110, 500)])
    var whole = World(rig.options)
    whole.run(until: end)
    for second in stride(from: Int64(3), to: 200, by: 19) {
      var world = World(rig.options)
      world.run(until: .zero + .milliseconds(second * 1000 + 17))
      var fork = world.fork()
      fork.run(until: end)
      #expect(fork.digest == whole.digest, "forked at \(second) s")
    }
  }

  @Test func syncTimesCanBeGiven() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 200)])
    rig.options.autoscaling.syncPeriod = nil
    rig.options.autoscalerSyncs = [20, 47].map { .zero + .seconds($0) }
    var world = World(rig.options)
    world.run(until: end)
    #expect(world.scalings.map { $0.at.rounded() } == [20, 47])
  }

  @Test func valuesOfQueriesCanBeGiven() {
    var rig = Rig()
    rig.cpu(.perPod, [(0, 999)])
    rig.options.metrics[0].readings = [
      .init(at: .zero, values: [.init(pod: 0, milli: 100), .init(pod: 1, milli: 100)]),
      .init(
        at: .zero + .seconds(40), values: [.init(pod: 0, milli: 200), .init(pod: 1, milli: 100)]),
    ]
    var world = World(rig.options)
    world.run(until: .zero + .seconds(40))
    #expect(world.replicas == 2)
    world.run(until: .zero + .seconds(50))
    #expect(world.replicas == 3, "150m are 75 %")
  }

  @Test(arguments: [
    (MetricTarget.Source.external(metric: "queue", selector: nil), "external"),
    (.pods(metric: "queue", selector: nil), "pods"),
    (
      .object(metric: "queue", selector: nil, apiVersion: "v1", kind: "Service", name: "web"),
      "object"
    ),
  ])
  func otherMetricsAreScriptedByName(source: MetricTarget.Source, kind: String) {
    var rig = Rig()
    var autoscaler = Rig.autoscaler()
    autoscaler.metrics = [MetricTarget(source: source, target: .averageValue(Quantity(10)))]
    rig.options.objects[1] = .horizontalPodAutoscaler(autoscaler)
    let subject: MetricScript.Subject =
      switch kind {
      case "external": .external("queue")
      case "pods": .pods("queue", of: Rig.workload)
      default: .object("queue", kind: "Service", name: "web")
      }
    rig.options.metrics = [
      MetricScript(
        subject, sharing: .total, steps: [.init(at: .zero, milli: 60_000)])
    ]
    var world = World(rig.options)
    world.run(until: .zero + .seconds(100))
    #expect(world.replicas == 6)
  }
}
