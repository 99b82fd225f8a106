/// Unicode scalars, divided into the ranges that a pattern can tell apart; each is a symbol.
struct Alphabet: Sendable {
  /// The first scalar of each symbol, ascending.
  private let starts: [UInt32]
  private let ofASCII: [UInt32]
  /// What assertions see of each symbol.
  private let neighbours: [Neighbour]

  var count: Int { starts.count }

  /// What a pattern tells apart.
  struct Collected {
    fileprivate var sets: Set<ScalarSet> = []
    private(set) var hasAssertions = false

    mutating func add(_ node: PatternNode) {
      switch node {
      case .empty: break
      case .set(let set): sets.insert(set)
      case .assertion: hasAssertions = true
      case .group(_, let inner), .repetition(let inner, _, _, _): add(inner)
      case .concatenation(let nodes), .alternation(let nodes):
        for node in nodes { add(node) }
      }
    }
  }

  init(_ collected: Collected) {
    var bounds: Set<UInt32> = [0]
    func add(_ set: ScalarSet) {
      for range in set.ranges {
        bounds.insert(range.lowerBound)
        if range.upperBound < ScalarSet.last { bounds.insert(range.upperBound + 1) }
      }
    }
    for set in collected.sets { add(set) }
    if collected.hasAssertions {
      add(.newline)
      add(.word)
    }
    let starts = bounds.sorted()
    self.starts = starts
    ofASCII = (0..<128).map { Alphabet.symbol(of: $0, among: starts) }
    neighbours = starts.map { start in
      start == 0x0A ? .newline : ScalarSet.word.contains(start) ? .word : .other
    }
  }

  func symbol(of value: UInt32) -> UInt32 {
    value < 128 ? ofASCII[Int(value)] : Alphabet.symbol(of: value, among: starts)
  }

  func neighbour(_ symbol: UInt32) -> Neighbour { neighbours[Int(symbol)] }

  private static func symbol(of value: UInt32, among starts: [UInt32]) -> UInt32 {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= value { low = middle } else { high = middle }
    }
    return UInt32(low)
  }
}
