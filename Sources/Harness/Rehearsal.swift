public import ClusterAPI
public import Units
import Kernel
import World

/// Something that may go wrong while a change is rolled out.
public enum Situation: String, CaseIterable, Sendable {
  case healthyChange = "healthy change"
  case neverReady = "new version never ready"
  case crashAfterReady = "new version crashes 5 s after ready"
  case slowStart = "new version starts 5 times slower"
  case imagePull = "new image cannot be pulled"
  case slowAPIServer = "API server 500 ms slower, 5 % of requests refused"
}

/// What became of one situation with one seed.
public struct RehearsalRun: Sendable {
  public var situation: Situation
  public var seed: UInt64
  /// The rollout reached the condition NewReplicaSetAvailable.
  public var complete: Bool
  /// Condition Progressing at the end, as its reason.
  public var progressReason: String?
  /// From the change to the end of the rollout.
  public var took: Span?
  /// Ready pods at the worst moment after the change.
  public var readyMinimum: Int
  public var readyAtEnd: Int
  public var wanted: Int
  /// From the undo to all pods ready again; nil when no undo was needed or it did not get there.
  public var undoTook: Span?
  /// The undo brought back the template and all pods.
  public var restored: Bool?
  public var restarts: Int
  public var unschedulable: String?
  public var digest: String
  public var events: Int64
}

/// Rehearses one change of one Deployment, with no scenario written by hand.
public struct Rehearsal: Sendable {
  public var objects: [ClusterObject]
  public var deployment: Deployment
  public var image: String
  public var seeds: Int

  /// When the change is applied; the cluster has settled by then.
  public static let changeAt = Instant.zero + .minutes(5)
  /// When an unfinished rollout is undone.
  public static let undoAt = changeAt + .minutes(15)
  public static let end = undoAt + .minutes(10)

  public init(objects: [ClusterObject], deployment: Deployment, image: String, seeds: Int) {
    self.objects = objects
    self.deployment = deployment
    self.image = image
    self.seeds = seeds
  }

  /// Nodes of 4 cores and 16 GiB: enough for all requests and a quarter more, at least three.
  public var assumedNodes: Int {
    var cpu: Int64 = 0
    var memory: Int64 = 0
    var pods: Int64 = 0
    for case .deployment(let object) in objects {
      let replicas = Int64(object.spec.replicas)
      pods += replicas
      for container in object.spec.template.spec.containers {
        cpu += replicas * (container.resources.requests["cpu"]?.milliValue ?? 100)
        memory += replicas * (container.resources.requests["memory"]?.value ?? 200 << 20)
      }
    }
    let byCPU = (cpu * 5 / 4 + 3999) / 4000
    let byMemory = (memory * 5 / 4 + (16 << 30) - 1) / (16 << 30)
    return Int(max(3, byCPU, byMemory, pods / 80))
  }

  private func options(_ seed: UInt64) -> WorldOptions {
    var options = WorldOptions(seed: seed)
    options.nodes = (0..<assumedNodes).map {
      NodeSpec(
        name: "node-\($0)",
        allocatable: ["cpu": Quantity(4), "memory": Quantity(16 << 30), "pods": Quantity(110)])
    }
    options.objects = objects
    return options
  }

  /// Runs every situation over every seed; the situations of a seed share one warm start.
  public func run(_ progress: (Int, Int) -> Void) -> [RehearsalRun] {
    var runs: [RehearsalRun] = []
    let total = seeds * Situation.allCases.count
    for seed in 1...UInt64(seeds) {
      var warm = World(options(seed))
      warm.run(until: Rehearsal.changeAt)
      for situation in Situation.allCases {
        runs.append(run(situation, seed, warm))
        progress(runs.count, total)
      }
    }
    return runs
  }

  private func run(_ situation: Situation, _ seed: UInt64, _ warm: borrowing World) -> RehearsalRun
  {
    var world = warm.fork()
    for disturbance in disturbances(situation) {
      world.schedule(disturbance, at: Rehearsal.changeAt)
    }
    var changed = deployment
    changed.spec.template.spec.containers[0].image = image
    world.schedule(.apply(.deployment(changed)), at: Rehearsal.changeAt)
    world.run(until: Rehearsal.undoAt)
    let first = Outcome(world, deployment)
    var undoTook: Span?
    var restored: Bool?
    if !first.complete {
      world.schedule(.undo(ClusterObject.deployment(deployment).key), at: Rehearsal.undoAt)
      world.run(until: Rehearsal.end)
      let second = Outcome(world, deployment)
      restored =
        second.complete && second.ready == second.wanted
        && second.template == deployment.spec.template
      if restored == true, let at = second.allReadyAt {
        undoTook = max(at - Rehearsal.undoAt, .zero)
      }
    }
    return RehearsalRun(
      situation: situation, seed: seed, complete: first.complete,
      progressReason: first.reason,
      took: first.complete ? first.completeAt.map { $0 - Rehearsal.changeAt } : nil,
      readyMinimum: first.readyMinimum, readyAtEnd: Outcome(world, deployment).ready,
      wanted: first.wanted, undoTook: undoTook, restored: restored, restarts: first.restarts,
      unschedulable: first.unschedulable, digest: world.digest.description,
      events: world.eventCount)
  }

  private func disturbances(_ situation: Situation) -> [Disturbance] {
    var change = BehaviourChange()
    switch situation {
    case .healthyChange: return []
    case .neverReady: change.neverReady = true
    case .crashAfterReady: change.crashAfterReady = .seconds(5)
    case .slowStart: change.startupFactor = Ratio(ppm: 5_000_000)
    case .imagePull: return [.registry(image: image, failing: true)]
    case .slowAPIServer:
      return [.apiServer(addedLatency: .milliseconds(500), refused: Ratio(ppm: 50_000))]
    }
    return [.behaviour(image: image, change)]
  }
}

/// What a world's timeline says of one Deployment after the change.
private struct Outcome {
  var complete: Bool
  var reason: String?
  var completeAt: Instant?
  var readyMinimum: Int
  var ready = 0
  var allReadyAt: Instant?
  var wanted: Int
  var restarts = 0
  var unschedulable: String?
  var template: PodTemplate

  init(_ world: borrowing World, _ deployment: Deployment) {
    let key = ClusterObject.deployment(deployment).key
    let stored = world.deployments.first {
      $0.meta.name == key.name && $0.meta.namespace == key.namespace
    }
    let now = stored ?? deployment
    template = now.spec.template
    wanted = now.spec.replicas
    let progressing = now.status.conditions.first { $0.type == "Progressing" }
    reason = progressing?.reason
    complete =
      now.status.updatedReplicas == wanted && now.status.availableReplicas == wanted
      && now.status.replicas == wanted
    let sets = Set(
      world.replicaSets.indices.filter { world.replicaSets[$0]?.meta.owner?.uid == now.meta.uid }
        .map { ReplicaSetID($0) })
    readyMinimum = Int.max
    var isReady: Set<PodID> = []
    for entry in world.timeline {
      switch entry.happening {
      case .podReady(let pod) where sets.contains(world.pods.views[pod.index].owner):
        isReady.insert(pod)
        if isReady.count == wanted { allReadyAt = entry.at }
      case .podUnready(let pod), .podTerminating(let pod): isReady.remove(pod)
      case .containerExited(let pod, _)
      where entry.at >= Rehearsal.changeAt && sets.contains(world.pods.views[pod.index].owner):
        restarts += 1
      case .podUnschedulable(let pod, let message)
      where entry.at >= Rehearsal.changeAt && sets.contains(world.pods.views[pod.index].owner):
        unschedulable = message
      case .condition(key, let condition)
      where condition.reason == "NewReplicaSetAvailable" && entry.at >= Rehearsal.changeAt:
        completeAt = entry.at
      default: break
      }
      if entry.at >= Rehearsal.changeAt { readyMinimum = min(readyMinimum, isReady.count) }
    }
    ready = isReady.count
    readyMinimum = min(readyMinimum, ready)
  }
}
