public import ClusterAPI
public import Units

/// Thrown by a pass that waits for the answer to its request; only the runtime catches it.
public struct Suspended: Error {
  @inlinable public init() {}
}

/// When a key is to be looked at again, unless something changes before.
public enum Requeue: Hashable, Sendable {
  /// Only when something changes.
  case never
  case after(Span)
  /// With the work queue's back-off, as after an error.
  case backOff
}

/// One run of a controller over one object: straight-line code that can be replayed.
///
/// A request is answered from the answers that the pass already holds; a request beyond them is
/// noted and ends the attempt with `Suspended`. The runtime performs the request, appends its
/// answer, and runs the controller again from the start: same input, same memory, one more answer.
/// A controller must therefore depend on nothing but its pass.
public struct Pass<Input: Sendable, Memory: Sendable>: Sendable {
  /// When the pass began; the same in every replay.
  public let now: Instant
  /// The same in every replay, and not copied with the pass.
  @inlinable public var input: Input {
    _read { yield given.value }
  }
  @usableFromInline let given: Given
  /// Kept only when the pass ends.
  public var memory: Memory
  /// What has been asked and answered so far, in order.
  @inlinable public var transcript: [Exchange] { exchanges }
  /// The request that waits for its answer.
  @inlinable public var pending: Request? { asked }
  @usableFromInline var exchanges: [Exchange] = []
  @usableFromInline var asked: Request?
  @usableFromInline var next = 0

  /// Holds the input behind one word: a pass is copied for each attempt.
  @usableFromInline
  final class Given: Sendable {
    @usableFromInline let value: Input

    @usableFromInline
    init(_ value: Input) { self.value = value }
  }

  /// One request with its answer.
  public struct Exchange: Hashable, Sendable {
    public var request: Request
    public var answer: Answer

    @usableFromInline
    init(request: Request, answer: Answer) {
      self.request = request
      self.answer = answer
    }
  }

  @inlinable
  public init(now: Instant, input: Input, memory: Memory) {
    self.now = now
    given = Given(input)
    self.memory = memory
  }

  /// Appends the answer to the pending request and rewinds, for the next replay.
  @inlinable
  public mutating func resume(with answer: Answer) {
    guard let request = asked else {
      preconditionFailure("pass resumed with \(answer) without a pending request")
    }
    exchanges.append(Exchange(request: request, answer: answer))
    asked = nil
    next = 0
  }

  /// Asks, or repeats what was answered.
  ///
  /// Traps when a replay asks something else than the attempt before: such a controller depends on
  /// more than its pass.
  @inlinable
  public mutating func ask(_ request: Request) throws(Suspended) -> Answer {
    if next < exchanges.count {
      precondition(
        exchanges[next].request == request,
        "replay asks \(request) where the pass had asked \(exchanges[next].request)")
      next += 1
      return exchanges[next - 1].answer
    }
    asked = request
    throw Suspended()
  }
}

extension Pass {
  /// Performs one write.
  @inlinable
  public mutating func write(_ command: Command) throws(Suspended) -> WriteResult {
    guard case .written(let result) = try ask(.write(command)) else {
      preconditionFailure("a write was answered with something else")
    }
    return result
  }

  /// Performs independent writes side by side; the results are in the order of the commands.
  @inlinable
  public mutating func write(all commands: [Command]) throws(Suspended) -> [WriteResult] {
    guard case .allWritten(let results) = try ask(.writeAll(commands)) else {
      preconditionFailure("writes were answered with something else")
    }
    return results
  }

  /// Reads what no informer shows.
  @inlinable
  public mutating func read(_ query: Query) throws(Suspended) -> QueryResult {
    guard case .read(let result) = try ask(.read(query)) else {
      preconditionFailure("a query was answered with something else")
    }
    return result
  }

  /// Asks Prometheus; nil: it could not say, such as for a query with an error.
  public mutating func measureAll(_ query: String) throws(Suspended) -> MeasuredResult? {
    guard case .measured(let result) = try ask(.measure(query)) else {
      preconditionFailure("a measurement was answered with something else")
    }
    return result
  }

  /// Asks Prometheus for a number: a scalar, or the first element of a vector; nil: no data.
  public mutating func measure(_ query: String) throws(Suspended) -> Double? {
    try measureAll(query)?.first
  }

  /// Tells whoever reads the run what came of it.
  public mutating func report(_ subject: ObjectKey, _ reason: Reason) throws(Suspended) {
    guard case .reported = try ask(.report(subject, reason)) else {
      preconditionFailure("a report was answered with something else")
    }
  }

  /// Commits to the first option, unless whoever runs the pass explores the other branch.
  public mutating func decide(_ decision: Decision) throws(Suspended) -> DecisionOption {
    guard case .decided(let option) = try ask(.decide(decision)) else {
      preconditionFailure("a decision was answered with something else")
    }
    return option
  }
}

/// A controller: what it reads, what a restart loses, and one pass over one object.
public protocol Controller: Sendable {
  /// Plain values: what its informers show it of one object and what belongs to it.
  associatedtype Input: Sendable
  /// What a restart loses: expectations, back-offs, windows.
  associatedtype Memory: Sendable

  /// The memory of an object that is seen for the first time.
  var initial: Memory { get }

  func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue
}

/// What an attempt came to.
public enum Attempt: Sendable {
  /// The pass has ended.
  case done(Requeue)
  /// The pass waits for the answer to this request.
  case asked(Request)
}

extension Controller {
  /// Runs a pass from its start up to its end or to its first unanswered request.
  @inlinable
  public func attempt(_ pass: inout Pass<Input, Memory>) -> Attempt {
    var replay = pass
    do {
      let requeue = try reconcile(&replay)
      pass = replay
      return .done(requeue)
    } catch {
      guard let request = replay.pending else {
        preconditionFailure("pass suspended without a request")
      }
      // The memory changes only when the pass ends.
      replay.memory = pass.memory
      pass = replay
      return .asked(request)
    }
  }
}
