/// Runs a program over a text, all alternatives at once (Pike's machine).
///
/// - Complexity: the product of the lengths of program and text; nothing is tried twice.
struct PatternMachine {
  private let program: PatternProgram
  private let text: [UInt32]
  private let slotCount: Int
  /// Two lists: of the place that is looked at, and of the next.
  private var lists: [Threads]
  private var current = 0
  private var pending: [Pending] = []
  private var scratch: [Int]
  /// How often an instruction was looked at.
  private(set) var steps = 0

  private enum Pending {
    case visit(Int)
    case restore(slot: Int, value: Int)
  }

  /// The instructions that are waiting for a symbol, the preferred first.
  private struct Threads {
    var instructions: [Int] = []
    /// `slotCount` per thread.
    var slots: [Int] = []
    var seen: [Int]
    var generation = 0

    init(count: Int) { seen = Array(repeating: -1, count: count) }

    /// Whether an instruction comes here for the first time.
    mutating func add(_ index: Int) -> Bool {
      guard seen[index] != generation else { return false }
      seen[index] = generation
      return true
    }

    mutating func clear() {
      instructions.removeAll(keepingCapacity: true)
      slots.removeAll(keepingCapacity: true)
      generation += 1
    }
  }

  /// - Parameters:
  ///   - text: as symbols of the program's alphabet.
  ///   - wantsGroups: whether places are noted; without, the answer says only whether there is one.
  init(_ program: PatternProgram, text: [UInt32], wantsGroups: Bool) {
    self.program = program
    self.text = text
    slotCount = wantsGroups ? program.slotCount : 0
    lists = Array(repeating: Threads(count: program.instructions.count), count: 2)
    scratch = Array(repeating: -1, count: slotCount)
  }

  /// The match of the whole text that RE2 prefers: places by slot, -1 where a group took no part.
  mutating func wholeMatch() -> [Int]? {
    lists[current].clear()
    start(at: 0)
    for position in text.indices {
      guard !lists[current].instructions.isEmpty else { return nil }
      _ = step(at: position, takesMatches: false)
    }
    return step(at: text.count, takesMatches: true)
  }

  /// The first match at or behind a place, leftmost and then preferred.
  mutating func firstMatch(from first: Int) -> [Int]? {
    var found: [Int]?
    lists[current].clear()
    for position in first...text.count {
      if found == nil { start(at: position) }
      if lists[current].instructions.isEmpty, found != nil { break }
      if let match = step(at: position, takesMatches: true) { found = match }
    }
    return found
  }

  private func neighbour(_ position: Int) -> Neighbour {
    text.indices.contains(position) ? program.alphabet.neighbour(text[position]) : .edge
  }

  private mutating func start(at position: Int) {
    for slot in scratch.indices { scratch[slot] = -1 }
    follow(program.start, at: position, into: current)
  }

  /// Moves every thread over the symbol at a place; less preferred ones end where one matches.
  private mutating func step(at position: Int, takesMatches: Bool) -> [Int]? {
    lists[1 - current].clear()
    defer { current = 1 - current }
    for index in lists[current].instructions.indices {
      steps += 1
      let next: Int
      switch program.instructions[lists[current].instructions[index]] {
      case .match:
        guard takesMatches else { continue }
        return Array(lists[current].slots[(index * slotCount)..<((index + 1) * slotCount)])
      case .range(let low, let high, let target):
        guard position < text.count, low <= text[position], text[position] <= high else {
          continue
        }
        next = target
      case .set(let set, let target):
        guard position < text.count, program.takes(text[position], set: set) else { continue }
        next = target
      case .split, .assertion, .save:
        preconditionFailure("a thread waits at an instruction that takes no symbol")
      }
      for slot in scratch.indices {
        scratch[slot] = lists[current].slots[index * slotCount + slot]
      }
      follow(next, at: position + 1, into: 1 - current)
    }
    return nil
  }

  /// Adds all instructions that can be reached without taking a symbol.
  private mutating func follow(_ first: Int, at position: Int, into list: Int) {
    let previous = neighbour(position - 1)
    let next = neighbour(position)
    pending.append(.visit(first))
    while let entry = pending.popLast() {
      guard case .visit(let index) = entry else {
        if case .restore(let slot, let value) = entry { scratch[slot] = value }
        continue
      }
      guard lists[list].add(index) else { continue }
      steps += 1
      switch program.instructions[index] {
      case .split(let preferred, let other):
        pending.append(.visit(other))
        pending.append(.visit(preferred))
      case .assertion(let assertion, let target):
        if assertion.holds(after: previous, before: next) { pending.append(.visit(target)) }
      case .save(let slot, let target):
        if slot < slotCount {
          pending.append(.restore(slot: slot, value: scratch[slot]))
          scratch[slot] = position
        }
        pending.append(.visit(target))
      case .range, .set, .match:
        lists[list].instructions.append(index)
        lists[list].slots.append(contentsOf: scratch)
      }
    }
  }
}
