/// A regular expression as it was read.
indirect enum PatternNode: Sendable, Hashable {
  case empty
  case set(ScalarSet)
  case assertion(Assertion)
  /// A numbered group; 0 is the whole.
  case group(Int, PatternNode)
  /// - Parameter maximum: nil for any number.
  case repetition(PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool)
  case concatenation([PatternNode])
  /// Earlier ones are preferred.
  case alternation([PatternNode])
}

/// What holds between two scalars, or at an end of the text.
enum Assertion: Sendable, Hashable {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case noWordBoundary

  func holds(after previous: Neighbour, before next: Neighbour) -> Bool {
    switch self {
    case .textStart: previous == .edge
    case .textEnd: next == .edge
    case .lineStart: previous == .edge || previous == .newline
    case .lineEnd: next == .edge || next == .newline
    case .wordBoundary: (previous == .word) != (next == .word)
    case .noWordBoundary: (previous == .word) == (next == .word)
    }
  }
}

/// What assertions want to know of a scalar beside them.
enum Neighbour: UInt8, Sendable, Hashable, CaseIterable {
  /// No scalar: the text starts or ends here.
  case edge
  case newline
  case word
  case other
}

extension PatternNode {
  var canBeEmpty: Bool {
    switch self {
    case .empty, .assertion: true
    case .set: false
    case .group(_, let node): node.canBeEmpty
    case .repetition(let node, let minimum, _, _): minimum == 0 || node.canBeEmpty
    case .concatenation(let nodes): nodes.allSatisfy(\.canBeEmpty)
    case .alternation(let nodes): nodes.contains(where: \.canBeEmpty)
    }
  }

  /// The texts that it matches, if these are a short list or plain alternatives.
  ///
  /// - Parameter limit: more texts than these are nil, unless each is written out.
  func literals(limit: Int) -> [String]? {
    switch self {
    case .empty: return [""]
    case .set(let set): return set.single.map { [String($0)] }
    case .group(_, let node): return node.literals(limit: limit)
    case .assertion, .repetition: return nil
    case .concatenation(let nodes):
      var texts = [""]
      for node in nodes {
        guard let tails = node.literals(limit: limit) else { return nil }
        if tails.count == 1 {
          for index in texts.indices { texts[index] += tails[0] }
        } else {
          guard texts.count * tails.count <= max(limit, tails.count) else { return nil }
          texts = texts.flatMap { head in tails.map { head + $0 } }
        }
      }
      return texts
    case .alternation(let nodes):
      var texts: [String] = []
      for node in nodes {
        guard let more = node.literals(limit: limit) else { return nil }
        texts += more
      }
      return texts
    }
  }
}
