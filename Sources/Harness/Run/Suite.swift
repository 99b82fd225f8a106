import Dispatch
public import Recording
import Synchronization
public import World

/// Runs scenarios over their seeds, several at a time; each run is a task of its own.
public enum Suite {
  /// - Parameters:
  ///   - jobs: runs at a time, at least 1.
  ///   - isStopped: asked before each run; once it says so, runs under way are finished and no other
  ///     is begun.
  ///   - scraped: given what was scraped in each run that keeps metrics, from whichever thread.
  ///   - finished: called after each run, one call at a time, in the order of finishing.
  /// - Returns: by scenario, then by seed; those that were not begun are left out.
  public static func run(
    _ scenarios: [Scenario], jobs: Int, isStopped: @escaping @Sendable () -> Bool = { false },
    scraped: (@Sendable (_ scenario: String, _ seed: UInt64, TelemetryStore) -> Void)? = nil,
    finished: @escaping @Sendable (RunRecord) -> Void
  ) -> [RunRecord] {
    let all = tasks(scenarios)
    let results = Mutex<[RunRecord?]>(Array(repeating: nil, count: all.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, all.count))) { _ in
      while !isStopped() {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < all.count else { return }
        let (run, start) = all[index]
        let record = run.record(start) { store in
          scraped?(run.plan.scenario.name, start.seed, store)
        }
        all[index].start.leave()
        results.withLock { results in
          results[index] = record
          finished(record)
        }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  private typealias Task = (run: ScenarioRun, start: CommonStart)

  /// By scenario, then by seed; those that begin alike have their starts in common.
  private static func tasks(_ scenarios: [Scenario]) -> [Task] {
    let runs = scenarios.map { ScenarioRun($0) }
    var groups: [[Int]] = []
    for (index, scenario) in scenarios.enumerated() {
      let group = groups.firstIndex { scenarios[$0[0]].beginsLike(scenario) }
      if let group { groups[group].append(index) } else { groups.append([index]) }
    }
    var starts: [[UInt64: CommonStart]] = Array(repeating: [:], count: scenarios.count)
    for group in groups {
      var members: [UInt64: [Int]] = [:]
      for index in group {
        for seed in scenarios[index].seeds { members[seed, default: []].append(index) }
      }
      for (seed, indices) in members {
        let start = CommonStart(seed: seed, of: indices.map { runs[$0].plan })
        for index in indices { starts[index][seed] = start }
      }
    }
    return scenarios.indices.flatMap { index in
      scenarios[index].seeds.compactMap { seed in
        starts[index][seed].map { (runs[index], $0) }
      }
    }
  }
}
