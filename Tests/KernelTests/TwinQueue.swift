import Kernel
import Units

/// An event queue beside a plainly correct one, driven by the same random steps.
struct TwinQueue: ~Copyable {
  var queue = EventQueue()
  /// Pending (key, event), sorted by key, equals in insertion order.
  private var model: [(key: UInt64, event: Event)] = []
  private var random: RandomStream
  private let spread: UInt64
  private var pushed: UInt32 = 0
  private(set) var popped = 0
  /// The first step at which the two differed.
  private(set) var disagreement: String?

  init(seed: UInt64, spread: UInt64) {
    random = RandomStream(seed: seed, purpose: spread, cause: 0)
    self.spread = spread
  }

  mutating func run(steps: Int) {
    for step in 0..<steps where disagreement == nil {
      switch random.bounded(16) {
      case 0: burst(of: random.bounded(60), ties: true)
      case 1: burst(of: random.bounded(60), ties: false)
      case 2...6: push(after: random.bounded(spread))
      case 7: push(after: 0)
      case 8: check(queue.peekTime()?.ns == model.first.map { Int64($0.key >> 3) }, step)
      case 9: popBefore(queue.now + Span(ns: Int64(random.bounded(spread))), step)
      case 10 where step % 50 == 0: while popped >= 0, !model.isEmpty { pop(step) }
      default: pop(step)
      }
      check(queue.count == model.count && queue.isEmpty == model.isEmpty, step)
    }
  }

  private mutating func burst(of n: UInt64, ties: Bool) {
    let delay = random.bounded(spread)
    for _ in 0..<n { push(after: ties ? delay : random.bounded(spread)) }
  }

  private mutating func push(after delay: UInt64) {
    let at = queue.now + Span(ns: Int64(delay))
    guard at.ns < 1 << 60 else { return }
    let lowest = delay == 0 ? UInt64(queue.priority) : 0
    let priority = lowest + random.bounded(8 - lowest)
    let event = Event(kind: UInt8(priority), slot: pushed)
    pushed += 1
    queue.push(event, at: at, priority: UInt8(priority))
    let key = UInt64(at.ns) << 3 | priority
    var low = 0
    var high = model.count
    while low < high {
      let middle = (low + high) / 2
      if model[middle].key <= key { low = middle + 1 } else { high = middle }
    }
    model.insert((key, event), at: low)
  }

  private mutating func pop(_ step: Int) {
    let got = queue.pop()
    guard !model.isEmpty else { return check(got == nil, step) }
    let want = model.removeFirst()
    popped += 1
    check(got?.event == want.event && got?.at.ns == Int64(want.key >> 3), step)
    check(queue.now.ns == Int64(want.key >> 3) && queue.priority == UInt8(want.key & 7), step)
  }

  private mutating func popBefore(_ limit: Instant, _ step: Int) {
    let due = model.first.map { Int64($0.key >> 3) < limit.ns } ?? false
    let got = queue.pop(before: limit)
    check((got != nil) == due, step)
    if due {
      let want = model.removeFirst()
      popped += 1
      check(got?.event == want.event, step)
    }
  }

  private mutating func check(_ holds: Bool, _ step: Int) {
    if !holds && disagreement == nil { disagreement = "step \(step)" }
  }
}
