import ClusterAPI
public import PromQL
public import Recording
import Units
import Verdict
public import World

/// One scenario with one seed: the run itself, its twin without the change, and the other branch of
/// each decision.
public struct ScenarioRun: Sendable {
  let plan: Plan
  /// Decisions whose other branch is run, at most.
  static let branches = 3

  public init(_ scenario: Scenario) { plan = Plan(scenario) }

  /// Runs, judges, and returns what is remembered.
  public func record(seed: UInt64) -> RunRecord {
    record(CommonStart(seed: seed, of: [plan]))
  }

  /// - Parameters:
  ///   - start: of this run and of others that begin like it.
  ///   - scraped: given what was scraped, where metrics are kept.
  func record(
    _ start: CommonStart, scraped: ((TelemetryStore) -> Void)? = nil
  ) -> RunRecord {
    var before = start.world(plan)
    plan.disturb(&before)
    before.run(until: plan.changeAt)
    let subjects = plan.subjects(before: before)
    var world = before.fork()
    plan.change(&world)
    let watch = watch(&world, seed: start.seed)
    var trace = trace(world, subjects)
    if let watch { trace.take(watch) }
    if plan.scenario.exportsMetrics, let store = world.telemetry { scraped?(store) }
    var twin: RunTrace?
    if !plan.changes.isEmpty {
      var other = start.twin(plan)
      other.subjects = subjects
      (other.changeAt, other.quietFrom) = (plan.changeAt, plan.quietFrom)
      twin = other
    }
    let others = world.decisions.prefix(ScenarioRun.branches).map { taken in
      branch(before, taken, subjects)
    }
    let verdict = RunVerdict(
      trace, expect: plan.scenario.expect, twin: twin, others: others,
      slowerThan: plan.slowerThan)
    return RecordMaker(plan: plan, seed: start.seed).record(world, trace, verdict)
  }

  /// Runs to the end, and asks what is to be asked on the way; nil: nobody reads metrics.
  private func watch(_ world: inout World, seed: UInt64) -> MetricWatch? {
    guard let store = world.telemetry else {
      world.run(until: plan.end)
      return nil
    }
    var watch = MetricWatch(
      store, seed: seed, rules: plan.scenario.rules, expect: plan.scenario.expect,
      hasLoad: !plan.scenario.loads.isEmpty, start: plan.start, changeAt: plan.changeAt,
      end: plan.end)
    var next = plan.changeAt
    while next < plan.end {
      next = min(plan.end, next + ScenarioRun.watchStep)
      world.run(until: next)
      world.scrape(through: next)
      guard let store = world.telemetry else { return watch }
      // What happens at an instant itself is known once it is over.
      let last = next == plan.end ? store.end : store.end - 1
      watch.look(at: store, through: last)
      if next == plan.end { watch.finish(store) }
      world.forgetMetrics(askedFrom: last + 1, keeping: plan.changeAt)
    }
    return watch
  }

  private static var watchStep: Span { .minutes(10) }

  /// The world of the run alone, run to its end: what a replay and the fork test look at.
  public func world(seed: UInt64) -> World {
    var world = plan.world(seed: seed)
    world.run(until: plan.changeAt)
    plan.change(&world)
    world.run(until: plan.end)
    return world
  }

  /// What Prometheus would have scraped in the run alone, from the first instant of the warm-up on.
  ///
  /// Metrics are kept whether or not something in the scenario asks for them.
  ///
  /// - Parameter queries: what is going to be asked; nil: anything.
  public func telemetry(seed: UInt64, for queries: [PromQL.Query]? = nil) -> TelemetryStore {
    var scenario = plan.scenario
    if let queries {
      scenario.asked += queries.map(\.text)
    } else {
      scenario.exportsMetrics = true
    }
    var world = ScenarioRun(scenario).world(seed: seed)
    world.scrape(through: plan.end)
    guard let store = world.telemetry else {
      preconditionFailure("a run that keeps metrics has none")
    }
    return store
  }

  /// What a share of all requests stays within, from the scenario's start to its end.
  func latencyQuantile(_ quantile: Ratio, _ world: borrowing World) -> Span? {
    let loads = (0..<plan.scenario.loads.count).map { LoadID($0) }
    return world.traffic.tally(loads, from: plan.start, to: plan.end).latencyQuantile(quantile)
  }

  private func trace(_ world: borrowing World, _ subjects: [RunTrace.Subject]) -> RunTrace {
    RunTrace(
      world, subjects: subjects, changeAt: plan.changeAt, quietFrom: plan.quietFrom, end: plan.end)
  }

  /// The run in which a decision is answered the other way.
  private func branch(
    _ before: borrowing World, _ taken: TakenDecision, _ subjects: [RunTrace.Subject]
  ) -> DecisionQuality.OtherBranch {
    var world = before.fork()
    if !plan.scenario.isSteeredByMetrics { world.stopMetrics() }
    plan.change(&world)
    world.overrides.append(
      DecisionOverride(
        subject: taken.decision.subject, revision: taken.decision.revision,
        option: taken.decision.otherwise))
    world.run(until: plan.end)
    let trace = trace(world, subjects)
    return .init(
      harm: Harm(trace, slowerThan: plan.slowerThan),
      isComplete: RunVerdict.settlement(of: taken.decision.subject, in: trace)?.isComplete ?? false)
  }
}
