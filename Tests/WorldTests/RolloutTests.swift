import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// A cluster of three nodes with one Deployment of four pods.
private func options(seed: UInt64 = 1, replicas: Int = 4) -> WorldOptions {
  var options = WorldOptions(seed: seed)
  let size: ResourceList = [
    "cpu": Quantity(8), "memory": Quantity(32 << 30), "pods": Quantity(110),
  ]
  options.nodes = (0..<3).map { NodeSpec(name: "n\($0)", allocatable: size) }
  options.objects = [.deployment(deployment(image: "web:v1", replicas: replicas))]
  return options
}

private func deployment(image: String, replicas: Int = 4) -> Deployment {
  var container = Container(name: "web", image: image)
  var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
  probe.periodSeconds = 1
  container.readinessProbe = probe
  container.resources.requests = ["cpu": Quantity(milli: 500)]
  let template = PodTemplate(labels: ["app": "web"], spec: PodSpec(containers: [container]))
  var spec = DeploymentSpec(
    replicas: replicas, selector: LabelSelector(matchLabels: ["app": "web"]), template: template)
  spec.progressDeadlineSeconds = 60
  return Deployment(meta: ObjectMeta(name: "web"), spec: spec)
}

private let key = ObjectKey(.deployment, namespace: "default", name: "web")

/// What must be the same however often controllers crashed on the way there.
private struct Terminal: Equatable {
  var sizes: [String: Int]
  var ready: Int
  var available: Int
  var reason: String?
}

extension World {
  fileprivate func terminal() -> Terminal {
    var sizes: [String: Int] = [:]
    for set in replicaSets.compactMap({ $0 }) { sizes[set.meta.name] = set.spec.replicas }
    let live = pods.views.filter { !$0.gone && !$0.terminating }
    return Terminal(
      sizes: sizes, ready: live.count { $0.ready },
      available: deployments[0].status.availableReplicas,
      reason: deployments[0].status.conditions.first { $0.type == "Progressing" }?.reason)
  }
}

@Suite struct RolloutTests {
  private let end = Instant(ns: 300_000_000_000)

  private func rollout(seed: UInt64 = 1) -> World {
    var world = World(options(seed: seed))
    world.schedule(.apply(.deployment(deployment(image: "web:v2"))), at: .zero + .seconds(60))
    return world
  }

  @Test func aHealthyChangeIsRolledOut() {
    var world = rollout()
    world.run(until: end)
    let terminal = world.terminal()
    #expect(terminal.ready == 4)
    #expect(terminal.available == 4)
    #expect(terminal.reason == "NewReplicaSetAvailable")
    #expect(terminal.sizes.values.sorted() == [0, 4])
    let surge = 1
    var alive = 0
    for entry in world.timeline {
      switch entry.happening {
      case .podCreated: alive += 1
      case .podTerminating: alive -= 1
      default: break
      }
      #expect(alive <= 4 + surge)
    }
    #expect(DeploymentController.revision(of: world.deployments[0].meta) == 2)
  }

  @Test func aVersionThatNeverGetsReadyExceedsItsDeadlineAndIsUndone() {
    var world = rollout()
    var change = BehaviourChange()
    change.neverReady = true
    world.schedule(.behaviour(image: "web:v2", change), at: .zero + .seconds(59))
    world.run(until: .zero + .seconds(200))
    let stalled = world.terminal()
    #expect(stalled.reason == "ProgressDeadlineExceeded")
    #expect(stalled.available >= 3, "maxUnavailable 25 % of 4 is one")
    world.schedule(.undo(key), at: .zero + .seconds(210))
    world.run(until: end)
    let restored = world.terminal()
    #expect(restored.reason == "NewReplicaSetAvailable")
    #expect(restored.ready == 4)
    #expect(world.deployments[0].spec.template.spec.containers[0].image == "web:v1")
    #expect(DeploymentController.revision(of: world.deployments[0].meta) == 3)
  }

  @Test func theSameSeedGivesTheSameDigestAndAnotherSeedAnother() {
    var a = rollout()
    var b = rollout()
    var c = rollout(seed: 2)
    a.run(until: end)
    b.run(until: end)
    c.run(until: end)
    #expect(a.digest == b.digest)
    #expect(a.digest != c.digest)
  }

  @Test func aForkAtAnyInstantGivesTheDigestOfTheUnforkedRun() {
    var whole = rollout()
    whole.run(until: end)
    for instant in stride(from: Int64(0), to: 120, by: 7) {
      var world = rollout()
      world.run(until: .zero + .milliseconds(instant * 1000 + 313))
      var fork = world.fork()
      fork.run(until: end)
      world.run(until: end)
      #expect(fork.digest == whole.digest, "forked at \(instant) s")
      #expect(world.digest == whole.digest, "the original, forked at \(instant) s")
      #expect(fork.timeline == whole.timeline)
    }
  }

  @Test func controllersThatCrashAtAnyRequestComeToTheSameEnd() {
    var whole = rollout()
    whole.run(until: end)
    let expected = whole.terminal()
    var world = rollout()
    var seen = 0
    var crashes = 0
    while world.step(until: end) {
      guard world.requestCount > seen else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(fork.terminal() == expected, "crashed at request \(seen), \(world.now.seconds) s")
    }
    #expect(crashes > 20)
  }

  @Test func aControllerActsOnAStaleViewAndMeetsAConflict() {
    var options = options()
    options.latencies.watch = .seconds(2)
    options.latencies.watchJitter = .zero
    var world = World(options)
    world.schedule(.apply(.deployment(deployment(image: "web:v2"))), at: .zero + .seconds(60))
    world.run(until: end)
    let conflicts = world.timeline.count {
      if case .conflict = $0.happening { return true }
      return false
    }
    #expect(conflicts > 0)
    #expect(world.terminal().reason == "NewReplicaSetAvailable")
  }

  @Test func onePodMoreLeavesTheDrawsOfAllOthersAsTheyWere() {
    var four = World(options(replicas: 4))
    var five = World(options(replicas: 5))
    four.run(until: .zero + .seconds(30))
    five.run(until: .zero + .seconds(30))
    #expect(four.pods.count == 4)
    #expect(five.pods.count == 5)
    #expect(Array(five.pods.causes.prefix(4)) == four.pods.causes)
    for pod in 0..<4 {
      #expect(
        four.uniform(.startup, cause: four.podCause(PodID(pod)))
          == five.uniform(.startup, cause: five.podCause(PodID(pod))))
    }
  }

  @Test func aFaultThatTouchesNobodyLeavesEveryPodAsItWas() {
    var plain = rollout()
    var disturbed = rollout()
    var change = BehaviourChange()
    change.neverReady = true
    disturbed.schedule(.behaviour(image: "nobody:*", change), at: .zero + .seconds(5))
    plain.run(until: end)
    disturbed.run(until: end)
    let rest = disturbed.timeline.filter {
      if case .fault = $0.happening { return false }
      return true
    }
    #expect(rest == Array(plain.timeline))
  }

  @Test func whatDoesNotFitWaitsWithTheSchedulersWords() {
    var options = options(replicas: 4)
    options.nodes = [
      NodeSpec(
        name: "small", allocatable: ["cpu": Quantity(milli: 1200), "memory": Quantity(1 << 30)])
    ]
    var world = World(options)
    world.run(until: .zero + .seconds(30))
    #expect(world.terminal().ready == 2)
    let messages = world.timeline.compactMap { entry -> String? in
      if case .podUnschedulable(_, let message) = entry.happening { return message }
      return nil
    }
    #expect(
      messages.first
        == "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: "
        + "0/1 nodes are available: 1 No preemption victims found for incoming pod.")
  }
}
