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
  /// What counts as slow when harm is counted: the tightest latency that a guard or the
  /// expectation names.
  var slowerThan: Span?

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
    for rule in scenario.guards {
      for case .latency(_, let bound) in rule.objectives.map(\.limit) {
        slowerThan = min(slowerThan ?? bound, bound)
      }
    }
    for case .latency(_, let bound) in scenario.expect.objectives.map(\.bound) {
      slowerThan = min(slowerThan ?? bound, bound)
    }
  }

  func options(seed: UInt64) -> WorldOptions {
    var options = WorldOptions(seed: seed)
    options.nodes = scenario.nodePools.flatMap(\.nodes)
    options.objects = scenario.objects
    options.profiles = scenario.images
    options.loads = scenario.loads
    options.guards = scenario.guards
    return options
  }

  /// A world with all disturbances scheduled and no change.
  func world(seed: UInt64) -> World {
    var world = World(options(seed: seed))
    for (at, disturbance) in disturbances { world.schedule(disturbance, at: at) }
    return world
  }

  /// What the judged change is about: the first Deployment that it writes.
  func subject(before world: borrowing World) -> RunTrace.Subject? {
    guard let first = scenario.changes.first else { return nil }
    let keys = first.changes.map(\.key).filter { $0.kind == .deployment }
    // A change of other objects alone is judged by the workloads that it can touch: the guarded one,
    // or the only one.
    let key = keys.first ?? scenario.guards.first?.deployment ?? onlyDeployment
    guard let key,
      let deployment = world.deployments.first(where: {
        $0.meta.name == key.name && $0.meta.namespace == key.namespace
      })
    else { return nil }
    var changed = deployment
    for change in first.changes where change.key == key {
      if let spec = change.changed(changed) { changed.spec = spec }
    }
    return RunTrace.Subject(
      key: key, before: deployment.spec.template, target: changed.spec.template,
      isGuarded: scenario.guards.contains { $0.deployment == key })
  }

  private var onlyDeployment: ObjectKey? {
    let all = scenario.objects.filter { $0.kind == .deployment }
    return all.count == 1 ? all[0].key : nil
  }
}
