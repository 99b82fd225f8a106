import Chaos
import ClusterAPI
import Kernel
import Units
import Verdict
import World

/// A workload with its Services, budgets, autoscalers and quotas in a cluster with room: what becomes of
/// it in one circumstance.
struct WorkloadTrial {
  private let workload: ExaminedWorkload
  private let settings: TrialSettings

  init(_ workload: ExaminedWorkload, _ settings: TrialSettings) {
    self.workload = workload
    self.settings = settings
  }

  func run(_ circumstance: Circumstance) -> RunTrace {
    let plan = Plan(scenario(circumstance))
    var world = plan.world(seed: 1)
    if case .restartWithLostNodes(let count) = circumstance {
      // So long before that the node controller has seen it.
      world.schedule(.nodes(NodeSelection(count: count), .crash), at: plan.changeAt - .seconds(90))
    }
    world.run(until: plan.changeAt)
    let subjects = plan.subjects(before: world)
    for (at, change) in plan.changes { world.schedule(change, at: at) }
    switch circumstance {
    case .drain: world.schedule(.nodes(holding, .drain), at: plan.changeAt)
    case .nodeLoss: world.schedule(.nodes(holding, .crash), at: plan.changeAt)
    case .restart, .restartWithLostNodes, .restartOnNodes, .neverReady, .crashAfterReady: break
    }
    world.run(until: plan.end)
    return RunTrace(
      world, subjects: subjects, changeAt: plan.changeAt, quietFrom: plan.changeAt, end: plan.end)
  }

  private var holding: NodeSelection { NodeSelection(holding: .made(0)) }

  private func scenario(_ circumstance: Circumstance) -> Scenario {
    var scenario = Scenario()
    let objects = [workload.object.byItself] + surroundings
    var cluster = InferredCluster(objects)
    // Room for one more, where each needs a node of its own.
    if workload.needsNodeOfItsOwn { cluster.nodes = max(cluster.nodes, workload.replicas + 1) }
    switch circumstance {
    case .restartWithLostNodes: cluster.nodes = 20
    case .restartOnNodes(let count): cluster.nodes = count
    default: break
    }
    var pool = Scenario.NodePool()
    pool.count = cluster.nodes
    pool.zones = cluster.labels["topology.kubernetes.io/zone"].map { [$0] } ?? ["a", "b", "c"]
    pool.labels = cluster.labels
    pool.allocatable = cluster.machine
    pool.allocatable["ephemeral-storage"] = Quantity(1 << 50)
    scenario.nodePools = [pool]
    scenario.objects = objects
    scenario.images = settings.profiles
    scenario.loads = loads
    let moment = Span.seconds(120)
    switch circumstance {
    case .restart, .restartWithLostNodes, .restartOnNodes:
      scenario.changes = [.init(at: moment, changes: [.restart(workload.key)])]
    case .neverReady: badVersion(&scenario, at: moment, "neverReady")
    case .crashAfterReady: badVersion(&scenario, at: moment, "crashLoop", after: .seconds(5))
    case .drain, .nodeLoss: break
    }
    scenario.duration = moment + duration(circumstance)
    if scenario.changes.isEmpty { scenario.warmUp = scenario.warmUp + moment }
    return scenario
  }

  private func badVersion(
    _ scenario: inout Scenario, at moment: Span, _ kind: String, after: Span? = nil
  ) {
    guard let container = workload.spec.containers.first else { return }
    let image = container.image + "-next"
    var values = FaultValues()
    values["image"] = .text(image)
    if let after { values["after"] = .span(after) }
    scenario.faults = [
      .init(at: moment - .seconds(1), duration: nil, kind: kind, values: values)
    ]
    scenario.changes = [
      .init(
        at: moment,
        changes: [.setImage(workload.key, container: container.name, image: image)])
    ]
  }

  /// Enough for one pod after another, at most half an hour.
  private func duration(_ circumstance: Circumstance) -> Span {
    var each: Int64 = 20 + settings.startup.ns / 1_000_000_000
    for container in workload.containers {
      for probe in [container.readinessProbe, container.startupProbe] {
        each += Int64((probe?.initialDelaySeconds ?? 0) + (probe?.periodSeconds ?? 0))
      }
    }
    switch workload.object {
    case .deployment(let it): each += Int64(it.spec.minReadySeconds)
    case .statefulSet(let it): each += Int64(it.minReadySeconds)
    case .daemonSet(let it): each += Int64(it.minReadySeconds)
    default: break
    }
    each += min(60, Int64(workload.spec.terminationGracePeriodSeconds))
    switch circumstance {
    case .nodeLoss: return .seconds(600)
    // Five minutes in which nothing happens show that nothing will.
    case .restartWithLostNodes: return .seconds(each * 20 + 400)
    default: return .seconds(min(3600, each * Int64(max(1, workload.replicas)) + 400))
    }
  }

  private var loads: [LoadSpec] {
    workload.services.map { service in
      LoadSpec(
        service: ClusterObject.service(service).key,
        curve: .constant(milliRate: milliRate / Int64(workload.services.count)))
    }
  }

  /// Half of what the pods can serve by their CPU, at most what the settings say.
  private var milliRate: Int64 {
    let resources = workload.spec.containers.first?.resources
    let cpu = resources?.limits["cpu"] ?? resources?.requests["cpu"] ?? Quantity(milli: 250)
    let nanosecondsPerRequest = ImageProfile(match: "*").cpuPerRequest.ns
    // A thousand cores and pods are more than the settings' rate needs.
    let ofEach = min(1_000_000, cpu.milliValue) * 1_000_000_000 / max(1, nanosecondsPerRequest)
    return max(
      100, min(settings.milliRate, ofEach * Int64(min(1000, max(1, workload.replicas))) / 2))
  }

  /// What the workload's pods meet on their way, without other workloads.
  private var surroundings: [ClusterObject] {
    workload.tree.objects.filter { object in
      switch object {
      case .service(let service): workload.services.contains(service)
      case .podDisruptionBudget(let budget): workload.budgets.contains(budget)
      case .horizontalPodAutoscaler(let autoscaler): workload.autoscalers.contains(autoscaler)
      case .resourceQuota, .limitRange, .configMap, .secret, .persistentVolumeClaim:
        object.meta.namespace == workload.key.namespace
      case .priorityClass, .namespace: true
      default: false
      }
    }
  }
}

/// What trials assume of programs and their load.
struct TrialSettings: Sendable {
  /// Of images that somebody has said something about.
  private var known: [ImageProfile]
  private(set) var startup: Span
  /// Requests per thousand seconds, to all Services of a workload together.
  var milliRate: Int64

  /// - Parameter startup: of every program, unless a profile says another.
  init(startup: Span = .seconds(5), milliRate: Int64 = 40_000, profiles: [ImageProfile] = []) {
    self.startup = startup
    self.milliRate = milliRate
    known = profiles
  }

  var profiles: [ImageProfile] {
    var usual = ImageProfile(match: "*")
    usual.startup = .constant(startup)
    // Whatever the limit: nothing is known of what it needs.
    usual.memory.base = .mebi(1)
    return known + [usual]
  }

  /// Programs of which nothing is known start in half of this at most.
  mutating func startUpWithin(_ bound: Span) { startup = min(startup, Span(ns: bound.ns / 2)) }
}

extension ClusterObject {
  /// As a trial has it: the pods that its own want to be near are not there, and its images can be had.
  fileprivate var byItself: ClusterObject {
    switch self {
    case .deployment(var it):
      it.spec.template.spec = it.spec.template.spec.byItself
      return .deployment(it)
    case .statefulSet(var it):
      it.template.spec = it.template.spec.byItself
      return .statefulSet(it)
    case .daemonSet(var it):
      it.template.spec = it.template.spec.byItself
      return .daemonSet(it)
    default: return self
    }
  }
}

extension PodSpec {
  fileprivate var byItself: PodSpec {
    func present(_ containers: [Container]) -> [Container] {
      containers.map { container in
        var container = container
        if container.imagePullPolicy == .never { container.imagePullPolicy = .ifNotPresent }
        return container
      }
    }
    var spec = self
    spec.affinity.pod = nil
    spec.containers = present(containers)
    spec.initContainers = present(initContainers)
    return spec
  }
}
