import ClusterAPI
import Recording
import Testing
import Units
import World

@testable import Harness
@testable import Verdict

/// The picture of ready pods, which PromQL answers, is what happened.
@Suite struct ReadyPodsTests {
  @Test(arguments: [
    "rolling/error-rate-rolled-back", "kubernetes/partition-holds-statefulset",
    "kubernetes/broken-statefulset-stays-broken", "kubernetes/dead-node-blocks-daemonset",
    "kubernetes/dead-node-keeps-pods-for-minutes", "kubernetes/drain-within-budget",
  ])
  func everySecondIsShown(_ name: String) throws {
    let scenario = try #require(Scenarios.read("scenarios/\(name).yaml").scenario)
    let seed = scenario.seeds[0]
    let run = ScenarioRun(scenario)
    let shown = run.record(seed: seed).series.filter { $0.measure == .readyPods }
    let world = run.world(seed: seed)
    let trace = RunTrace(
      world, subjects: run.plan.subjects(before: run.plan.world(seed: seed)),
      changeAt: run.plan.changeAt, quietFrom: run.plan.quietFrom, end: run.plan.end)
    var expected: [String: [Int64]] = [:]
    for workload in trace.judged {
      for (name, values) in ready(workload.key, trace, run.plan) where values.max() ?? 0 > 0 {
        expected[name] = values
      }
    }
    #expect(!expected.isEmpty && Set(shown.map(\.name)) == Set(expected.keys))
    for one in shown {
      #expect(one.interval == .seconds(1) && one.start == .zero)
      let same = zip(one.values, expected[one.name] ?? []).count { $0 == $1 }
      #expect(same == one.values.count, "\(one.name): \(same) of \(one.values.count)")
    }
    // What was there first stands first.
    let first = shown.first.flatMap { $0.values.first } ?? 0
    #expect(shown.dropFirst().allSatisfy { ($0.values.first ?? 0) <= first })
  }

  /// At the end of each second, by what pods are made from.
  private func ready(
    _ workload: ObjectKey, _ trace: RunTrace, _ plan: Plan
  ) -> [String: [Int64]] {
    let steps = PodHistory(trace, of: workload).steps
    var values: [String: [Int64]] = [:]
    var step = -1
    for second in 1...(plan.scenario.duration.ns / 1_000_000_000) {
      while step + 1 < steps.count, steps[step + 1].at <= plan.start + .seconds(second) {
        step += 1
      }
      for (set, key) in trace.replicaSets.enumerated() {
        values[key.name, default: []].append(
          step < 0 ? 0 : Int64(steps[step].counts.ready[set]))
      }
    }
    return values
  }
}
