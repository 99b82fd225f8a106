import Control
public import Units

/// A controller's queue of keys (`workqueue.TypedRateLimitingInterface`): a key waits once however
/// often it was added, is handled by one worker at a time, and backs off when its pass failed.
public struct WorkQueue: Sendable {
  /// Keys that wait, first come first served.
  private var waiting: [UInt32] = []
  private var head = 0
  private var state: [KeyState] = []
  /// Workers that are free.
  public private(set) var freeWorkers: Int

  private struct KeyState: Sendable {
    var queued = false
    var processing = false
    /// Added again while it was processed.
    var dirty = false
    var failures: UInt8 = 0
  }

  /// The default controller rate limiter's base delay and cap.
  public static let baseDelay = Span.milliseconds(5)
  public static let maximumDelay = Span.seconds(1000)

  public init(workers: Int) {
    precondition(workers > 0, "a controller needs a worker")
    freeWorkers = workers
  }

  public var isEmpty: Bool { head == waiting.count }

  /// Adds a key unless it waits already; one that is being processed waits for its end.
  public mutating func add(_ key: UInt32) {
    while state.count <= Int(key) { state.append(KeyState()) }
    if state[Int(key)].processing {
      state[Int(key)].dirty = true
    } else if !state[Int(key)].queued {
      state[Int(key)].queued = true
      waiting.append(key)
    }
  }

  /// Gives the next key to a free worker.
  public mutating func take() -> UInt32? {
    guard freeWorkers > 0, head < waiting.count else { return nil }
    let key = waiting[head]
    head += 1
    if head == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      head = 0
    }
    freeWorkers -= 1
    state[Int(key)].queued = false
    state[Int(key)].processing = true
    return key
  }

  /// The pass over a key has ended; if the key was added meanwhile it waits again.
  public mutating func done(_ key: UInt32) {
    precondition(state[Int(key)].processing, "done with key \(key), which is not processed")
    freeWorkers += 1
    state[Int(key)].processing = false
    if state[Int(key)].dirty {
      state[Int(key)].dirty = false
      add(key)
    }
  }

  /// The delay before a failed key is tried again: 5 ms, doubled with each failure in a row.
  public mutating func backOff(_ key: UInt32) -> Span {
    let failures = Int64(min(state[Int(key)].failures, 30))
    if state[Int(key)].failures < 30 { state[Int(key)].failures += 1 }
    return min(WorkQueue.baseDelay * (1 << failures), WorkQueue.maximumDelay)
  }

  /// Ends the pass over a key.
  ///
  /// - Returns: after what time the key is to be added again, if at all.
  mutating func finish(_ key: UInt32, _ requeue: Requeue) -> Span? {
    done(key)
    switch requeue {
    case .never:
      forget(key)
      return nil
    case .after(let delay):
      forget(key)
      return delay
    case .backOff: return backOff(key)
    }
  }

  /// After a pass without an error.
  public mutating func forget(_ key: UInt32) { state[Int(key)].failures = 0 }
}
