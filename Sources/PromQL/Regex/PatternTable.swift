/// A deterministic automaton for matches of whole texts, where it is small; built at once.
struct PatternTable: Sendable {
  /// A larger automaton is not built; the program is run instead.
  static let maximumStates = 256
  private static let maximumEntries = 1 << 16
  private static let maximumSteps = 1 << 18

  private let alphabet: Alphabet
  /// The state that follows a state and a symbol.
  private var next: [UInt16] = []
  /// Of each state: whether the text may end here.
  private var accepts: [Bool] = []
  /// Of each state: whether no further symbol changes the answer.
  private var isFinal: [Bool] = []

  /// - Returns: nil if the automaton is too large.
  init?(_ program: PatternProgram) {
    alphabet = program.alphabet
    var builder = Builder(program: program)
    guard builder.build() else { return nil }
    next = builder.next
    accepts = builder.accepts
    let count = alphabet.count
    isFinal = accepts.indices.map { state in
      next[(state * count)..<((state + 1) * count)].allSatisfy { $0 == UInt16(state) }
    }
  }

  func matches(_ text: String) -> Bool {
    var state = 0
    let count = alphabet.count
    for scalar in text.unicodeScalars {
      if isFinal[state] { break }
      state = Int(next[state * count + Int(alphabet.symbol(of: scalar.value))])
    }
    return accepts[state]
  }

  /// What a state is: the instructions behind the last symbol, and that symbol's kind.
  private struct Key: Hashable {
    var instructions: [Int]
    var previous: Neighbour
  }

  private struct Builder {
    let program: PatternProgram
    var next: [UInt16] = []
    var accepts: [Bool] = []
    private var states: [Key] = []
    private var indices: [Key: Int] = [:]
    private var steps = 0
    private var seen: [Int]
    private var generation = 0

    init(program: PatternProgram) {
      self.program = program
      seen = Array(repeating: 0, count: program.instructions.count)
    }

    mutating func build() -> Bool {
      _ = index(of: Key(instructions: [program.start], previous: .edge))
      var state = 0
      while state < states.count {
        guard complete(state) else { return false }
        state += 1
      }
      return true
    }

    private mutating func index(of key: Key) -> Int {
      if let known = indices[key] { return known }
      states.append(key)
      indices[key] = states.count - 1
      return states.count - 1
    }

    private mutating func complete(_ state: Int) -> Bool {
      let key = states[state]
      var closures: [[Int]?] = Array(repeating: nil, count: Neighbour.allCases.count)
      accepts.append(closure(of: key, before: .edge).contains(0))
      for symbol in 0..<UInt32(program.alphabet.count) {
        let kind = program.hasAssertions ? program.alphabet.neighbour(symbol) : .other
        let waiting = closures[Int(kind.rawValue)] ?? closure(of: key, before: kind)
        closures[Int(kind.rawValue)] = waiting
        generation += 1
        var targets: [Int] = []
        for instruction in waiting {
          guard let target = target(of: instruction, symbol), seen[target] != generation else {
            continue
          }
          seen[target] = generation
          targets.append(target)
        }
        steps += waiting.count
        // Without a way on, what was before does not matter.
        let previous = targets.isEmpty ? .edge : kind
        next.append(
          UInt16(index(of: Key(instructions: targets.sorted(), previous: previous))))
        guard states.count <= PatternTable.maximumStates, next.count <= maximumEntries,
          steps <= maximumSteps
        else { return false }
      }
      return true
    }

    private func target(of instruction: Int, _ symbol: UInt32) -> Int? {
      switch program.instructions[instruction] {
      case .range(let low, let high, let next): low <= symbol && symbol <= high ? next : nil
      case .set(let set, let next): program.takes(symbol, set: set) ? next : nil
      case .split, .assertion, .save, .match: nil
      }
    }

    /// What waits for a symbol, or matches (instruction 0), when the next symbol is of a kind.
    private mutating func closure(of key: Key, before kind: Neighbour) -> [Int] {
      generation += 1
      var pending = key.instructions
      var waiting: [Int] = []
      while let index = pending.popLast() {
        guard seen[index] != generation else { continue }
        seen[index] = generation
        steps += 1
        switch program.instructions[index] {
        case .split(let first, let second):
          pending.append(first)
          pending.append(second)
        case .assertion(let assertion, let next):
          if assertion.holds(after: key.previous, before: kind) { pending.append(next) }
        case .save(_, let next): pending.append(next)
        case .range, .set, .match: waiting.append(index)
        }
      }
      return waiting
    }
  }
}
