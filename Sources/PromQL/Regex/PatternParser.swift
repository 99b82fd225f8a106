/// Reads RE2's syntax, as Go's regexp package takes it.
///
/// https://github.com/google/re2/wiki/Syntax
struct PatternParser {
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotMatchesNewline = false
    var isUngreedy = false
  }

  /// Repeat counts, also the product of nested ones, end here.
  static let maximumCount = 1000
  /// Groups inside groups end here.
  static let maximumDepth = 250

  let scalars: [Unicode.Scalar]
  var position = 0
  var flags: Flags
  /// The name of each group; index 0 is the whole.
  private(set) var groupNames: [String?] = [nil]
  private var depth = 0

  /// - Parameter dotMatchesNewline: the flag `s`, which Prometheus sets in matchers.
  static func parse(
    _ pattern: String, dotMatchesNewline: Bool
  ) throws(PatternError) -> (node: PatternNode, groupNames: [String?]) {
    var parser = PatternParser(
      scalars: Array(pattern.unicodeScalars),
      flags: Flags(dotMatchesNewline: dotMatchesNewline))
    let node = try parser.alternation()
    guard parser.isAtEnd else {
      throw parser.failure("unexpected ): `\(pattern)`", at: parser.position)
    }
    return (node, parser.groupNames)
  }

  private init(scalars: [Unicode.Scalar], flags: Flags) {
    self.scalars = scalars
    self.flags = flags
  }

  /// Up to the end or to a closing parenthesis.
  private mutating func alternation() throws(PatternError) -> PatternNode {
    var branches: [PatternNode] = [try concatenation()]
    while take("|") { branches.append(try concatenation()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func concatenation() throws(PatternError) -> PatternNode {
    var parts: [PatternNode] = []
    /// Where the last repetition operator stands, if it is the last that was read.
    var operatorStart: Int?
    while let scalar = peek, scalar != "|", scalar != ")" {
      let start = position
      if let counts = try repetition() {
        if let operatorStart {
          throw failure(
            "invalid nested repetition operator: `\(text(operatorStart, position))`",
            at: operatorStart)
        }
        guard let operand = parts.popLast() else {
          throw failure(
            "missing argument to repetition operator: `\(text(start, position))`", at: start)
        }
        parts.append(try repeated(operand, counts, start: start))
        operatorStart = start
        continue
      }
      operatorStart = nil
      switch scalar {
      case "(": if let node = try group() { parts.append(node) }
      case "\\": parts += try escaped()
      default: parts.append(try atom())
      }
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .concatenation(parts)
  }

  private mutating func atom() throws(PatternError) -> PatternNode {
    let scalar = scalars[position]
    if scalar == "[" { return .set(try bracket()) }
    position += 1
    switch scalar {
    case ".":
      return .set(flags.dotMatchesNewline ? .all : ScalarSet.newline.inverted)
    case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
    default: return literal(scalar)
    }
  }

  func literal(_ scalar: Unicode.Scalar) -> PatternNode {
    .set(folded(ScalarSet(scalar)))
  }

  func folded(_ set: ScalarSet) -> ScalarSet { flags.ignoresCase ? set.foldingCase : set }
}

// MARK: Groups

extension PatternParser {
  /// A group; nil for flags that hold from here on.
  private mutating func group() throws(PatternError) -> PatternNode? {
    let start = position
    position += 1
    let outer = flags
    var index: Int?
    if take("?") {
      if take("P<") || (peek == "<" && take("<")) {
        index = try named(start: start)
      } else if try flagGroup(start: start) {
        return nil
      }
    } else {
      index = groupNames.count
      groupNames.append(nil)
    }
    depth += 1
    guard depth <= PatternParser.maximumDepth else {
      throw failure("expression nests too deeply: `\(text(start, position))`", at: start)
    }
    let inner = try alternation()
    depth -= 1
    guard take(")") else {
      throw failure("missing closing ): `\(text(0, scalars.count))`", at: start)
    }
    flags = outer
    return index.map { .group($0, inner) } ?? inner
  }

  private mutating func named(start: Int) throws(PatternError) -> Int {
    let begin = position
    while let scalar = peek, scalar != ">" { position += 1 }
    let name = text(begin, position)
    let isWord = name.unicodeScalars.allSatisfy { ScalarSet.word.contains($0.value) }
    guard isWord, !name.isEmpty, take(">") else {
      let end = min(position + 1, scalars.count)
      throw failure("invalid named capture: `\(text(start, end))`", at: start)
    }
    groupNames.append(name)
    return groupNames.count - 1
  }

  /// Reads flags up to `:` or `)`, and answers whether they end there without a group.
  private mutating func flagGroup(start: Int) throws(PatternError) -> Bool {
    var isOn = true
    var hasFlag = false
    while let scalar = peek {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = isOn
      case "m": flags.isMultiline = isOn
      case "s": flags.dotMatchesNewline = isOn
      case "U": flags.isUngreedy = isOn
      case "-" where isOn:
        isOn = false
        hasFlag = false
        continue
      case ":" where isOn || hasFlag: return false
      case ")" where isOn || hasFlag: return true
      default:
        throw failure("invalid or unsupported Perl syntax: `\(text(start, position))`", at: start)
      }
      hasFlag = true
    }
    throw failure("invalid or unsupported Perl syntax: `\(text(start, position))`", at: start)
  }
}

// MARK: Repetition

extension PatternParser {
  struct Counts {
    var minimum: Int
    var maximum: Int?
    var isGreedy: Bool
  }

  /// Reads a repetition operator, if one stands here; `{` is itself where no counts follow.
  private mutating func repetition() throws(PatternError) -> Counts? {
    let start = position
    var counts: Counts
    switch peek {
    case "*": counts = Counts(minimum: 0, maximum: nil, isGreedy: true)
    case "+": counts = Counts(minimum: 1, maximum: nil, isGreedy: true)
    case "?": counts = Counts(minimum: 0, maximum: 1, isGreedy: true)
    case "{":
      guard let found = countsInBraces() else { return nil }
      counts = found
      let most = max(counts.minimum, counts.maximum ?? 0)
      guard most <= PatternParser.maximumCount, counts.minimum <= counts.maximum ?? most else {
        throw failure("invalid repeat count: `\(text(start, position))`", at: start)
      }
      position -= 1
    default: return nil
    }
    position += 1
    counts.isGreedy = take("?") == flags.isUngreedy
    return counts
  }

  private mutating func countsInBraces() -> Counts? {
    let start = position
    position += 1
    if let minimum = number() {
      if take("}") { return Counts(minimum: minimum, maximum: minimum, isGreedy: true) }
      if take(",") {
        if take("}") { return Counts(minimum: minimum, maximum: nil, isGreedy: true) }
        if let maximum = number(), take("}") {
          return Counts(minimum: minimum, maximum: maximum, isGreedy: true)
        }
      }
    }
    position = start
    return nil
  }

  /// A decimal number without leading zeros, held at one above the largest count.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let digit = peek, digit.value >= 0x30, digit.value <= 0x39 {
      value = min(value * 10 + Int(digit.value - 0x30), PatternParser.maximumCount + 1)
      position += 1
    }
    let hasLeadingZero = position > start + 1 && scalars[start] == "0"
    return position == start || hasLeadingZero ? nil : value
  }

  private func repeated(
    _ operand: PatternNode, _ counts: Counts, start: Int
  ) throws(PatternError) -> PatternNode {
    let node = PatternNode.repetition(
      operand, minimum: counts.minimum, maximum: counts.maximum, isGreedy: counts.isGreedy)
    if max(counts.minimum, counts.maximum ?? 0) >= 2,
      !PatternParser.fits(node, PatternParser.maximumCount)
    {
      throw failure("invalid repeat count: `\(text(start, position))`", at: start)
    }
    return node
  }

  /// Whether no path through nested counts multiplies to more than a budget.
  private static func fits(_ node: PatternNode, _ budget: Int) -> Bool {
    switch node {
    case .empty, .set, .assertion: return true
    case .group(_, let inner): return fits(inner, budget)
    case .concatenation(let nodes), .alternation(let nodes):
      return nodes.allSatisfy { fits($0, budget) }
    case .repetition(let inner, let minimum, let maximum, _):
      let isCounted = max(minimum, maximum ?? 0) >= 2
      if isCounted, maximum == 0 { return true }
      let count = isCounted ? maximum ?? minimum : 1
      return count <= budget && fits(inner, budget / max(count, 1))
    }
  }
}

// MARK: Scalars

extension PatternParser {
  var isAtEnd: Bool { position == scalars.count }
  var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  /// Steps over a text, if it stands here.
  mutating func take(_ text: String) -> Bool {
    let wanted = text.unicodeScalars
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  func text(_ start: Int, _ end: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    return String(view)
  }

  func failure(_ message: String, at index: Int) -> PatternError {
    PatternError(message: message, offset: text(0, index).utf8.count)
  }
}
