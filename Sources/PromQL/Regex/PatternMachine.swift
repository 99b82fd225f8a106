/// Runs a program over a text, all alternatives at once (Pike's machine).
///
/// - Complexity: the product of the lengths of program and text; nothing is tried twice.
struct PatternMachine {
  private let program: PatternProgram
  private let text: [UInt32]
  private let slotCount: Int
  /// The threads at the place that is looked at: the instruction at which each waits, the preferred
  /// first, and `slotCount` places for each.
  private var waiting: [Int] = []
  private var slots: [Int] = []
  /// The threads at the next place.
  private var nextWaiting: [Int] = []
  private var nextSlots: [Int] = []
  /// Of each instruction: the generation of threads that it last belonged to.
  private var seen: [Int]
  private var generation = 0
  private var pending: [Pending] = []
  private var scratch: [Int]
  /// How often an instruction was looked at.
  private(set) var steps = 0

  private enum Pending {
    case visit(Int)
    case restore(slot: Int, value: Int)
  }

  /// - Parameters:
  ///   - text: as symbols of the program's alphabet.
  ///   - wantsGroups: whether places are noted; without, the answer says only whether there is one.
  init(_ program: PatternProgram, text: [UInt32], wantsGroups: Bool) {
    self.program = program
    self.text = text
    slotCount = wantsGroups ? program.slotCount : 0
    seen = Array(repeating: -1, count: program.instructions.count)
    scratch = Array(repeating: -1, count: slotCount)
  }

  /// The match of the whole text that RE2 prefers: places by slot, -1 where a group took no part.
  mutating func wholeMatch() -> [Int]? {
    start(at: 0)
    for position in 0...text.count {
      advance()
      guard !waiting.isEmpty else { return nil }
      if let match = step(at: position, takesMatches: position == text.count) { return match }
    }
    return nil
  }

  /// The first match at or behind a place, leftmost and then preferred.
  mutating func firstMatch(from first: Int) -> [Int]? {
    var found: [Int]?
    // Forgets what the last search left.
    advance()
    advance()
    for position in first...text.count {
      if found == nil { start(at: position) }
      advance()
      if waiting.isEmpty, found != nil { break }
      if let match = step(at: position, takesMatches: true) { found = match }
    }
    return found
  }

  private func neighbour(_ position: Int) -> Neighbour {
    text.indices.contains(position) ? program.alphabet.neighbour(text[position]) : .edge
  }

  private mutating func start(at position: Int) {
    for slot in scratch.indices { scratch[slot] = -1 }
    follow(program.start, at: position)
  }

  /// The next threads become those that are looked at.
  private mutating func advance() {
    swap(&waiting, &nextWaiting)
    swap(&slots, &nextSlots)
    nextWaiting.removeAll(keepingCapacity: true)
    nextSlots.removeAll(keepingCapacity: true)
    generation += 1
  }

  /// Moves every thread over the symbol at a place; less preferred ones end where one matches.
  private mutating func step(at position: Int, takesMatches: Bool) -> [Int]? {
    // No instruction takes this symbol.
    let symbol = position < text.count ? text[position] : UInt32.max
    for index in waiting.indices {
      steps += 1
      let next: Int
      switch program.instructions[waiting[index]] {
      case .match:
        guard takesMatches else { continue }
        return Array(slots[(index * slotCount)..<((index + 1) * slotCount)])
      case .range(let low, let high, let target):
        guard low <= symbol, symbol <= high else { continue }
        next = target
      case .set(let set, let target):
        guard program.takes(symbol, set: set) else { continue }
        next = target
      case .split, .assertion, .save:
        preconditionFailure("a thread waits at an instruction that takes no symbol")
      }
      for slot in 0..<slotCount { scratch[slot] = slots[index * slotCount + slot] }
      follow(next, at: position + 1)
    }
    return nil
  }

  /// Adds all instructions that can be reached without taking a symbol.
  private mutating func follow(_ first: Int, at position: Int) {
    var index = first
    while true {
      if seen[index] != generation {
        seen[index] = generation
        steps += 1
        switch program.instructions[index] {
        case .split(let preferred, let other):
          pending.append(.visit(other))
          index = preferred
          continue
        case .assertion(let assertion, let target):
          if assertion.holds(after: neighbour(position - 1), before: neighbour(position)) {
            index = target
            continue
          }
        case .save(let slot, let target):
          if slot < slotCount {
            pending.append(.restore(slot: slot, value: scratch[slot]))
            scratch[slot] = position
          }
          index = target
          continue
        case .range, .set, .match:
          nextWaiting.append(index)
          for slot in 0..<slotCount { nextSlots.append(scratch[slot]) }
        }
      }
      if pending.isEmpty { return }
      guard let next = nextPending() else { return }
      index = next
    }
  }

  /// The next instruction that is still to be followed; slots are as they were where it split off.
  private mutating func nextPending() -> Int? {
    while let entry = pending.popLast() {
      switch entry {
      case .visit(let index): return index
      case .restore(let slot, let value): scratch[slot] = value
      }
    }
    return nil
  }
}
