public import Control
import ClusterAPI
import Units

/// Runs the passes of one controller: its queue, memories and suspended passes by key.
///
/// A crash loses all of it but what the API server has stored.
public struct ControllerRuntime<C: Controller>: Sendable {
  public let controller: C
  public var queue: WorkQueue
  public let workers: Int
  private var memories: [C.Memory?] = []
  private var passes: [Pass<C.Input, C.Memory>?] = []

  init(_ controller: C, workers: Int) {
    self.controller = controller
    self.workers = workers
    queue = WorkQueue(workers: workers)
  }

  /// Begins a pass over a key that a worker has taken.
  mutating func begin(_ key: UInt32, now: Instant, input: C.Input) -> Attempt {
    while passes.count <= Int(key) {
      passes.append(nil)
      memories.append(nil)
    }
    let memory = memories[Int(key)] ?? controller.initial
    return attempt(key, Pass(now: now, input: input, memory: memory))
  }

  /// Goes on with a suspended pass; nil when a crash has taken it away.
  mutating func resume(_ key: UInt32, with answer: Answer) -> Attempt? {
    guard Int(key) < passes.count, var pass = passes[Int(key)] else { return nil }
    passes[Int(key)] = nil
    pass.resume(with: answer)
    return attempt(key, pass)
  }

  private mutating func attempt(
    _ key: UInt32, _ begun: Pass<C.Input, C.Memory>
  ) -> Attempt {
    var pass = begun
    let attempt = controller.attempt(&pass)
    switch attempt {
    case .asked: passes[Int(key)] = pass
    case .done: memories[Int(key)] = pass.memory
    }
    return attempt
  }

  /// The process dies: memories, queue and suspended passes are gone.
  mutating func crash() {
    memories = []
    passes = []
    queue = WorkQueue(workers: workers)
  }
}
