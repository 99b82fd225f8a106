import Kernel
import Units

/// The hold model: with a constant number of events pending, pop the first and push it again, later.
///
/// (Jones, "An empirical comparison of priority-queue and event-set implementations", 1986.)
struct HoldBenchmark: Benchmark {
  static let name = "hold"
  static let usage = "exp|k8s <pending> <operations>"

  private let increments: Increments
  private let pending: Int
  private let operations: Int

  init(arguments: [String]) throws(BadArguments) {
    guard arguments.count >= 3, let increments = Increments(kind: arguments[0]),
      let pending = Int(arguments[1]), let operations = Int(arguments[2])
    else { throw BadArguments(reason: "three arguments are needed") }
    self.increments = increments
    self.pending = pending
    self.operations = operations
  }

  func run() -> Measurement {
    var queue = EventQueue()
    var random = Xoshiro(seed: 42)
    var hash: UInt64 = 0
    for id in 0..<pending {
      let delay = increments.spans[Int(random.next() & 1023)]
      queue.push(Event(kind: 0, slot: UInt32(id)), at: Instant(ns: delay), priority: 0)
    }
    hold(&queue, &random, &hash, pending * 2)
    let start = ThreadClock.nanoseconds
    hold(&queue, &random, &hash, operations)
    let end = ThreadClock.nanoseconds
    return Measurement(
      operations: operations, nanoseconds: end - start, check: String(hash, radix: 16))
  }

  @inline(never)
  private func hold(
    _ queue: inout EventQueue, _ random: inout Xoshiro, _ hash: inout UInt64, _ count: Int
  ) {
    var generator = random
    var sum = hash
    for _ in 0..<count {
      guard let (event, at) = queue.pop() else { break }
      sum = sum &* 31 &+ (UInt64(bitPattern: at.ns) ^ UInt64(event.slot))
      let delay = increments.spans[Int(generator.next() & 1023)]
      queue.push(event, at: Instant(ns: at.ns &+ delay), priority: 0)
    }
    random = generator
    hash = sum
  }
}
