/// The instructions of a nondeterministic automaton (Thompson 1968, as Pike's machine runs them).
///
/// Scalars are told apart only as far as the pattern does: each is a symbol of its ``Alphabet``.
struct PatternProgram: Sendable {
  enum Instruction: Sendable, Hashable {
    /// Takes a symbol of a range.
    case range(low: UInt32, high: UInt32, next: Int)
    /// Takes a symbol of one of several ranges.
    case set(Int, next: Int)
    /// Goes both ways, the first one preferred.
    case split(Int, Int)
    case assertion(Assertion, next: Int)
    /// Notes the place: group n starts in slot 2n and ends in slot 2n + 1.
    case save(Int, next: Int)
    case match
  }

  /// How many instructions repetition may add to what is written out.
  static let maximumExpansion = 100_000

  private(set) var instructions: [Instruction] = [.match]
  private(set) var sets: [[ClosedRange<UInt32>]] = []
  private(set) var start = 0
  let alphabet: Alphabet
  let slotCount: Int
  let hasAssertions: Bool
  private let maximumLength: Int
  private var setIndices: [ScalarSet: Int] = [:]

  init(_ node: PatternNode, groupCount: Int, patternLength: Int) throws(PatternError) {
    var collected = Alphabet.Collected()
    collected.add(node)
    alphabet = Alphabet(collected)
    hasAssertions = collected.hasAssertions
    slotCount = 2 * groupCount
    maximumLength = PatternProgram.maximumExpansion + 4 * patternLength
    start = try compile(.group(0, node), next: 0)
  }

  func takes(_ symbol: UInt32, set index: Int) -> Bool {
    let ranges = sets[index]
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < symbol { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= symbol
  }
}

// MARK: Compiling, from the end to the start

extension PatternProgram {
  private mutating func emit(_ instruction: Instruction) throws(PatternError) -> Int {
    guard instructions.count < maximumLength else {
      throw PatternError(message: "expression too large", offset: 0)
    }
    instructions.append(instruction)
    return instructions.count - 1
  }

  private mutating func compile(
    _ node: PatternNode, next: Int
  ) throws(PatternError) -> Int {
    switch node {
    case .empty: return next
    case .set(let set): return try emit(taking(set, next: next))
    case .assertion(let assertion): return try emit(.assertion(assertion, next: next))
    case .group(let index, let inner):
      let end = try emit(.save(2 * index + 1, next: next))
      return try emit(.save(2 * index, next: try compile(inner, next: end)))
    case .concatenation(let nodes):
      var next = next
      for node in nodes.reversed() { next = try compile(node, next: next) }
      return next
    case .alternation(let nodes):
      var entry = try compile(nodes[nodes.count - 1], next: next)
      for node in nodes.dropLast().reversed() {
        entry = try emit(.split(try compile(node, next: next), entry))
      }
      return entry
    case .repetition(let inner, let minimum, let maximum, let isGreedy):
      return try compile(inner, minimum, maximum, isGreedy, next: next)
    }
  }

  private mutating func compile(
    _ inner: PatternNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool, next: Int
  ) throws(PatternError) -> Int {
    var entry = next
    var required = minimum
    if let maximum {
      // x{2,5} is xx(x(x(x)?)?)?
      for _ in minimum..<maximum {
        let body = try compile(inner, next: entry)
        entry = try emit(split(body, next, isGreedy))
      }
    } else if minimum == 0, !inner.canBeEmpty {
      let loop = try emit(.match)
      let body = try compile(inner, next: loop)
      instructions[loop] = split(body, next, isGreedy)
      entry = loop
    } else {
      // x{3,} is xxx+; where x can be empty, x* is (x+)?, which keeps the order of preference.
      let loop = try emit(.match)
      let body = try compile(inner, next: loop)
      instructions[loop] = split(body, next, isGreedy)
      entry = minimum == 0 ? try emit(split(body, next, isGreedy)) : body
      required = max(0, minimum - 1)
    }
    for _ in 0..<required { entry = try compile(inner, next: entry) }
    return entry
  }

  private func split(_ body: Int, _ next: Int, _ isGreedy: Bool) -> Instruction {
    isGreedy ? .split(body, next) : .split(next, body)
  }

  private mutating func taking(_ set: ScalarSet, next: Int) -> Instruction {
    let ranges = set.ranges.map {
      alphabet.symbol(of: $0.lowerBound)...alphabet.symbol(of: $0.upperBound)
    }
    if ranges.count == 1 {
      return .range(low: ranges[0].lowerBound, high: ranges[0].upperBound, next: next)
    }
    if let known = setIndices[set] { return .set(known, next: next) }
    sets.append(ranges)
    setIndices[set] = sets.count - 1
    return .set(sets.count - 1, next: next)
  }
}
