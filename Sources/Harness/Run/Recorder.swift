public import Recording
import Synchronization

/// Writes runs to the database as they finish, from whichever thread.
public final class Recorder: Sendable {
  private struct State: ~Copyable {
    var store: RecordStore
    var suite: Int64
    var failure: (any Error)?
  }

  private let state: Mutex<State>

  /// Writes that the suite has begun.
  ///
  /// - Throws: what opening or writing the database throws.
  public init(path: String, suite: SuiteRecord) throws {
    let store = try RecordStore(path: path)
    let id = try store.begin(suite)
    state = Mutex(State(store: store, suite: id))
  }

  public var suite: Int64 { state.withLock { $0.suite } }

  /// Writes a run; what goes wrong is kept for `finish`.
  public func add(_ run: RunRecord) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        try state.store.add(run, to: state.suite)
      } catch {
        state.failure = error
      }
    }
  }

  /// Writes that the suite has come to its end, or that it was interrupted.
  ///
  /// - Throws: the first failure of all writes.
  public func finish(at time: String, interrupted: Bool = false) throws {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      if interrupted {
        try state.store.interrupt(state.suite, at: time)
      } else {
        try state.store.finish(state.suite, at: time)
      }
    }
  }
}
