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
    let trace = plan.watched(&world, plan.questions(seed: start.seed), subjects: subjects)
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
      trace, expect: plan.scenario.expect, twin: twin, others: others)
    return RecordMaker(plan: plan, seed: start.seed).record(world, trace, verdict)
  }

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

  /// The run in which a decision is answered the other way.
  private func branch(
    _ before: borrowing World, _ taken: TakenDecision, _ subjects: [RunTrace.Subject]
  ) -> DecisionQuality.OtherBranch {
    var world = before.fork()
    plan.watchOnlyRequests(&world)
    plan.change(&world)
    world.overrides.append(
      DecisionOverride(
        subject: taken.decision.subject, revision: taken.decision.revision,
        option: taken.decision.otherwise))
    let trace = plan.watched(&world, plan.requestQuestions, subjects: subjects)
    return .init(
      harm: Harm(trace),
      isComplete: RunVerdict.settlement(of: taken.decision.subject, in: trace)?.isComplete ?? false)
  }
}
