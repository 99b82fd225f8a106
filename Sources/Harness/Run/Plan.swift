import Chaos
import ClusterAPI
import Control
import Units
import Verdict
import World

/// A scenario compiled for the world: options without a seed, and what happens when.
struct Plan: Sendable {
  var scenario: Scenario
  /// When the scenario's clock starts, in the world's time.
  var start: Instant
  /// When the judged change comes; without a change, when judgement begins.
  var changeAt: Instant
  var quietFrom: Instant
  var end: Instant
  var disturbances: [(at: Instant, disturbance: Disturbance)] = []
  /// Ascending in time.
  var changes: [(at: Instant, change: Change)] = []

  init(_ scenario: Scenario) {
    var scenario = scenario
    // The first one in time is judged, wherever it stands.
    scenario.changes.sort { $0.at < $1.at }
    self.scenario = scenario
    start = Instant.zero + scenario.warmUp
    end = start + scenario.duration
    changeAt = Instant.zero + scenario.warmUp + (scenario.changes.first?.at ?? .zero)
    quietFrom = changeAt
    for timed in scenario.changes {
      for change in timed.changes { changes.append((start + timed.at, change)) }
    }
    for timed in scenario.faults {
      guard let type = FaultCatalog.fault(timed.kind) else {
        preconditionFailure("a scenario was read with the unknown fault \(timed.kind)")
      }
      let fault = type.init(timed.values)
      let at = start + timed.at
      for disturbance in fault.begin { disturbances.append((at, disturbance)) }
      if let duration = timed.duration {
        for disturbance in fault.end { disturbances.append((at + duration, disturbance)) }
        quietFrom = max(quietFrom, at + duration)
      } else {
        quietFrom = max(quietFrom, at)
      }
    }
  }

  func options(seed: UInt64) -> WorldOptions {
    var options = WorldOptions(seed: seed)
    options.nodes = scenario.nodePools.flatMap(\.nodes)
    options.objects = scenario.objects
    options.profiles = scenario.images
    options.loads = scenario.loads
    options.metrics = scenario.metrics
    options.adapter = scenario.adapter
    options.guards = scenario.measuredGuards
    options.telemetry = scenario.telemetry
    options.closeUp = scenario.closeUp
    if scenario.delays == .recorded { options.latencies = .recorded() }
    options.latencies.pullBandwidth = scenario.pullBandwidth
    options.gates.maxUnavailableStatefulSet =
      scenario.featureGates.contains("MaxUnavailableStatefulSet")
    return options
  }

  /// A world with all disturbances scheduled and no change, which nobody judges.
  func world(seed: UInt64) -> World {
    var options = options(seed: seed)
    options.closeUp = nil
    var world = World(options)
    disturb(&world)
    return world
  }

  func disturb(_ world: inout World) {
    for (at, disturbance) in disturbances { world.schedule(disturbance, at: at) }
  }

  func change(_ world: inout World) {
    for (at, change) in changes { world.schedule(change, at: at) }
  }

  /// Nothing is scripted to happen before.
  var untouchedUntil: Instant { disturbances.map(\.at).reduce(changeAt, min) }

  /// What is scripted to happen to the twin, which runs without the change: faults of images that nothing
  /// in the cluster has leave it alone.
  var twinDisturbances: [(at: Instant, disturbance: Disturbance)] {
    disturbances.filter { _, disturbance in
      switch disturbance {
      case .behaviour(let image, _), .registry(let image, _): isUsed(image)
      default: true
      }
    }
  }

  private func isUsed(_ pattern: String) -> Bool {
    scenario.objects.compactMap(\.podTemplate).contains { template in
      (template.spec.initContainers + template.spec.containers).contains {
        Wildcard.matches(pattern, $0.image)
      }
    }
  }

  /// What is judged, as the changes find it and as they want it.
  func subjects(before world: borrowing World) -> [RunTrace.Subject] {
    scenario.judgedWorkloads.compactMap {
      $0.kind == .deployment ? subject($0, before: world) : setSubject($0, before: world)
    }
  }

  private func setSubject(
    _ key: ObjectKey, before world: borrowing World
  ) -> RunTrace.Subject? {
    let before = world.objects.first { $0.key == key }?.template
    var (present, target) = (before, before)
    for (at, change) in changes where change.key == key {
      if case .apply(let object) = change {
        present = object.template
      } else if let template = present {
        present = change.changed(template, now: world.unixSeconds(at: at)) ?? template
      }
      if let present, present != before || target == nil { target = present }
    }
    guard let target else { return nil }
    return RunTrace.Subject(
      key: key, before: before ?? target, target: target, isGuarded: false)
  }

  private func subject(_ key: ObjectKey, before world: borrowing World) -> RunTrace.Subject? {
    var before: PodTemplate?
    var present: Deployment?
    if let deployment = world.deployments.first(where: { ClusterObject.deployment($0).key == key })
    {
      (before, present) = (deployment.spec.template, deployment)
    }
    // The last template that is asked for; a way back to the first one is no target.
    var target = before
    for (at, change) in changes where change.key == key {
      if let deployment = present {
        let now = world.unixSeconds(at: at)
        guard let spec = change.changed(deployment, now: now) else { continue }
        present?.spec = spec
      } else if case .apply(.deployment(let created)) = change {
        present = created
      }
      if let template = present?.spec.template, template != before || target == nil {
        target = template
      }
    }
    guard let target else { return nil }
    return RunTrace.Subject(
      key: key, before: before ?? target, target: target,
      isGuarded: scenario.guards.contains { $0.deployment == key })
  }
}
