import Kernel
import Testing
import Units

/// Keeps `#expect` from taking the condition apart: it cannot copy a queue.
private func holds(_ condition: Bool) -> Bool { condition }

@Suite struct EventQueueTests {
  /// Delays whose spread leads entries through different numbers of buckets.
  static let spreads: [UInt64] = [1, 2, 8, 100, 1 << 20, 1 << 40, 1 << 55]

  @Test(arguments: spreads) func popsInOrderOfTimeClassAndInsertion(spread: UInt64) {
    for seed in 0..<UInt64(12) {
      var twin = TwinQueue(seed: seed, spread: spread)
      twin.run(steps: 700)
      #expect(holds(twin.disagreement == nil), "seed \(seed), spread \(spread)")
      #expect(holds(twin.popped > 200), "seed \(seed), spread \(spread)")
    }
  }

  @Test func startsAtZeroAndTakesZero() {
    var queue = EventQueue()
    #expect(holds(queue.isEmpty && queue.now == .zero && queue.peekTime() == nil))
    #expect(holds(queue.pop() == nil))
    queue.push(Event(kind: 2, slot: 9), at: .zero, priority: 0)
    queue.push(Event(kind: 1, slot: 9), at: .zero, priority: 0)
    #expect(holds(queue.count == 2 && queue.peekTime() == .zero))
    #expect(holds(queue.pop()?.event.kind == 2))
    #expect(holds(queue.pop()?.event.kind == 1))
    #expect(holds(queue.isEmpty))
  }

  @Test func leavesWhatIsNotDue() {
    var queue = EventQueue()
    queue.push(Event(kind: 1, slot: 0), at: Instant(ns: 100), priority: 3)
    #expect(holds(queue.pop(before: Instant(ns: 100)) == nil))
    #expect(holds(queue.pop(before: .zero) == nil))
    #expect(holds(queue.pop(before: Instant(ns: -5)) == nil))
    #expect(holds(queue.now == .zero && queue.count == 1))
    queue.push(Event(kind: 2, slot: 0), at: Instant(ns: 50), priority: 3)
    #expect(holds(queue.pop(before: .never)?.event.kind == 2))
    #expect(holds(queue.now == Instant(ns: 50) && queue.priority == 3))
    #expect(holds(queue.pop(before: Instant(ns: 101))?.at == Instant(ns: 100)))
    #expect(holds(queue.pop(before: .never) == nil))
  }

  @Test func takesEarlierEventsAfterAPeekAtManyTies() {
    // The peek spreads a large bucket; what is pushed before it has to be counted anew.
    var queue = EventQueue()
    for i in 0..<UInt32(200) {
      queue.push(Event(kind: 0, slot: i), at: Instant(ns: 1_000 + Int64(i / 100)), priority: 0)
    }
    #expect(holds(queue.peekTime() == Instant(ns: 1_000)))
    for i in 0..<UInt32(200) {
      queue.push(Event(kind: 1, slot: i), at: Instant(ns: 999 - Int64(i % 50)), priority: 0)
    }
    var last = Instant.zero
    var times = 0
    while let (_, at) = queue.pop() {
      #expect(at >= last)
      last = at
      times += 1
    }
    #expect(times == 400)
  }

  @Test func forksShareNothing() {
    var original = TwinQueue(seed: 5, spread: 1 << 30)
    original.run(steps: 900)
    let pending = original.queue.count
    var fork = original.queue.fork()
    #expect(holds(fork.count == pending && fork.now == original.queue.now))
    #expect(holds(fork.priority == original.queue.priority))
    fork.push(Event(kind: 9, slot: 7), at: fork.now, priority: 7)
    #expect(holds(original.queue.count == pending && fork.count == pending + 1))
    var left: [UInt64] = []
    var right: [UInt64] = []
    while let (event, _) = fork.pop() {
      if event.kind != 9 { left.append(event.raw) }
    }
    while let (event, _) = original.queue.pop() { right.append(event.raw) }
    #expect(left == right && left.count == pending)
  }

  @Test func forksAQueueWithManyTies() {
    var queue = EventQueue()
    for i in 0..<UInt32(1_000) { queue.push(Event(kind: 0, slot: i), at: .zero, priority: 0) }
    var fork = queue.fork()
    for i in 0..<UInt32(1_000) {
      #expect(holds(fork.pop()?.event.slot == i))
      fork.push(Event(kind: 0, slot: i), at: .zero, priority: 1)
    }
    #expect(holds(fork.count == 1_000 && queue.count == 1_000))
  }

  @Test func takesNowInTheSameAndALaterClass() {
    var queue = EventQueue()
    queue.push(Event(kind: 0, slot: 0), at: Instant(ns: 10), priority: 4)
    _ = queue.pop()
    queue.push(Event(kind: 2, slot: 0), at: queue.now, priority: 5)
    queue.push(Event(kind: 1, slot: 0), at: queue.now, priority: 4)
    #expect(holds(queue.pop()?.event.kind == 1))
    #expect(holds(queue.pop()?.event.kind == 2))
  }

  @Test func trapsOnAnEarlierClassOfNow() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.push(Event(kind: 0, slot: 0), at: Instant(ns: 10), priority: 4)
      _ = queue.pop()
      queue.push(Event(kind: 0, slot: 0), at: Instant(ns: 10), priority: 3)
    }
  }

  @Test func trapsOnThePast() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.push(Event(kind: 0, slot: 0), at: Instant(ns: 10), priority: 0)
      _ = queue.pop()
      queue.push(Event(kind: 0, slot: 0), at: Instant(ns: 9), priority: 7)
    }
  }

  @Test func trapsOnNever() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.push(Event(kind: 0, slot: 0), at: .never, priority: 0)
    }
  }

  @Test func trapsOnANegativeTime() async {
    await #expect(processExitsWith: .failure) {
      var queue = EventQueue()
      queue.push(Event(kind: 0, slot: 0), at: Instant(ns: -1), priority: 0)
    }
  }
}

@Suite struct EventTests {
  @Test func keepsItsFieldsApart() {
    var event = Event(kind: 0xab, slot: 0xdead_beef, generation: 0x1234, extra: 0xcd)
    #expect(event.raw == 0xcdab_1234_dead_beef)
    #expect(event.slot == 0xdead_beef && event.generation == 0x1234)
    #expect(event.kind == 0xab && event.extra == 0xcd)
    event.slot = 1
    event.generation = 2
    event.kind = 3
    event.extra = 4
    #expect(event == Event(kind: 3, slot: 1, generation: 2, extra: 4))
    #expect(MemoryLayout<Event>.size == 8)
  }

  @Test func staleOnceTheGenerationMovedOn() {
    let event = Event(kind: 0, slot: 0, generation: .max)
    #expect(!event.isStale(against: .max))
    #expect(event.isStale(against: 0))
  }
}
