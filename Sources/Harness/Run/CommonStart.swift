import Synchronization
import Units
import Verdict
import World

/// What runs with one seed have in common that begin alike: the time before anything is scripted to
/// happen, and twins.
///
/// They are run once, by whoever needs them first; the others fork. A run that shares them comes to the
/// same end as one that does not: faults are scheduled into a class of events of their own.
final class CommonStart: Sendable {
  let seed: UInt64
  private let untouchedUntil: Instant
  private let world: Mutex<World?>
  private let twins = Mutex<[Twin]>([])
  /// Runs that have not asked yet.
  private let pending: Atomic<Int>

  private struct Twin: Sendable {
    var disturbances: [(at: Instant, disturbance: Disturbance)]
    var end: Instant
    var slowerThan: Span?
    var trace: RunTrace

    func isTwin(of plan: Plan) -> Bool {
      let own = plan.twinDisturbances
      return end == plan.end && slowerThan == plan.scenario.slowerThan
        && own.count == disturbances.count
        && zip(own, disturbances).allSatisfy { $0 == $1 }
    }
  }

  /// - Parameter plans: those that begin alike, each for one run.
  init(seed: UInt64, of plans: [Plan]) {
    self.seed = seed
    untouchedUntil = plans.map(\.untouchedUntil).min() ?? .zero
    world = Mutex(nil)
    pending = Atomic(plans.count)
  }

  /// At an instant before anything is scripted to happen.
  func world(_ plan: Plan) -> World {
    world.withLock { world in
      if let copy = world?.fork() { return copy }
      var first = World(plan.options(seed: seed))
      first.run(until: untouchedUntil)
      let copy = first.fork()
      world = .some(first)
      return copy
    }
  }

  /// The run without the change; its subjects and instants are not those of the plan.
  func twin(_ plan: Plan) -> RunTrace {
    if let known = twins.withLock({ $0.first { $0.isTwin(of: plan) } }) { return known.trace }
    var world = world(plan)
    plan.watchOnlyRequests(&world)
    let disturbances = plan.twinDisturbances
    for (at, disturbance) in disturbances { world.schedule(disturbance, at: at) }
    let trace = plan.watched(&world, plan.requestQuestions, subjects: [])
    twins.withLock {
      $0.append(
        Twin(
          disturbances: disturbances, end: plan.end, slowerThan: plan.scenario.slowerThan,
          trace: trace))
    }
    return trace
  }

  /// Called when a run has all that it needs: after the last one nothing is kept.
  func leave() {
    guard pending.subtract(1, ordering: .relaxed).newValue == 0 else { return }
    world.withLock { $0 = nil }
    twins.withLock { $0 = [] }
  }
}
