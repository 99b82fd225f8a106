import Dispatch
public import Recording
import Synchronization

/// Runs scenarios over their seeds, several at a time; each run is a task of its own.
public enum Suite {
  /// - Parameters:
  ///   - jobs: runs at a time, at least 1.
  ///   - isStopped: asked before each run; once it says so, runs under way are finished and no other
  ///     is begun.
  ///   - finished: called after each run, one call at a time, in the order of finishing.
  /// - Returns: by scenario, then by seed; those that were not begun are left out.
  public static func run(
    _ scenarios: [Scenario], jobs: Int, isStopped: @escaping @Sendable () -> Bool = { false },
    finished: @escaping @Sendable (RunRecord) -> Void
  ) -> [RunRecord] {
    var tasks: [(run: ScenarioRun, seed: UInt64)] = []
    for scenario in scenarios {
      let run = ScenarioRun(scenario)
      tasks += scenario.seeds.map { (run, $0) }
    }
    let all = tasks
    let results = Mutex<[RunRecord?]>(Array(repeating: nil, count: all.count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, all.count))) { _ in
      while !isStopped() {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < all.count else { return }
        let record = all[index].run.record(seed: all[index].seed)
        results.withLock { results in
          results[index] = record
          finished(record)
        }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
