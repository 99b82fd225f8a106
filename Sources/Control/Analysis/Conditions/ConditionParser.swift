import PromQL

/// Reads a condition, with the precedence of expr-lang's operators.
///
/// https://expr-lang.org/docs/language-definition
struct ConditionParser {
  /// Parts inside each other end here.
  static let maximumDepth = 200

  private static let precedences: [String: Int] = [
    "or": 10, "||": 10, "and": 15, "&&": 15, "==": 20, "!=": 20, "<": 20, ">": 20, "<=": 20,
    ">=": 20, "in": 20, "matches": 20, "contains": 20, "startsWith": 20, "endsWith": 20, "+": 30,
    "-": 30, "*": 60, "/": 60, "%": 60, "**": 100, "^": 100, "??": 500,
  ]
  private static let negatable: Set<String> = [
    "in", "matches", "contains", "startsWith", "endsWith",
  ]

  private var scanner: ConditionScanner
  private(set) var token: ConditionToken
  private var nesting = 0
  /// How many predicates the scanner is in.
  private(set) var predicates = 0

  static func parse(_ text: String) throws(ConditionError) -> ConditionNode {
    var parser = try ConditionParser(text)
    let node = try parser.expression()
    guard parser.token.kind == .end else { throw parser.unexpected() }
    return node
  }

  private init(_ text: String) throws(ConditionError) {
    scanner = ConditionScanner(text)
    token = try scanner.next()
  }

  mutating func advance() throws(ConditionError) { token = try scanner.next() }

  func isAt(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

  mutating func expect(_ symbol: String) throws(ConditionError) {
    guard isAt(symbol) else { throw unexpected(wanted: symbol) }
    try advance()
  }

  func unexpected(wanted: String? = nil) -> ConditionError {
    let remedy = wanted.map { ": write `\($0)` before it" } ?? ""
    switch token.kind {
    case .symbol(";"): return unsupported("several expressions")
    case .symbol("|"): return unsupported("the pipe")
    case .symbol(".."): return unsupported("a range")
    case .end: return ConditionError("the expression ends too early\(remedy)", at: token.offset)
    default:
      return ConditionError("\(token.wording) does not belong here\(remedy)", at: token.offset)
    }
  }

  func unsupported(_ what: String) -> ConditionError {
    ConditionError("\(what) is not supported in a condition", at: token.offset)
  }

  func node(
    _ content: ConditionNode.Content, at offset: Int, _ children: ConditionNode?...
  ) throws(ConditionError) -> ConditionNode {
    try node(content, at: offset, of: children.compactMap { $0 })
  }

  func node(
    _ content: ConditionNode.Content, at offset: Int, of children: [ConditionNode]
  ) throws(ConditionError) -> ConditionNode {
    let depth = 1 + (children.map(\.depth).max() ?? 0)
    guard depth <= ConditionParser.maximumDepth else { throw tooDeep(offset) }
    return ConditionNode(content: content, offset: offset, depth: depth)
  }

  private func tooDeep(_ offset: Int) -> ConditionError {
    ConditionError(
      "more than \(ConditionParser.maximumDepth) parts stand inside each other", at: offset)
  }

  mutating func expression() throws(ConditionError) -> ConditionNode {
    let condition = try expression(above: 0)
    guard isAt("?") else { return condition }
    let offset = token.offset
    try advance()
    var then: ConditionNode?
    if !isAt(":") { then = try expression() }
    try expect(":")
    let otherwise = try expression()
    return try node(
      .choice(condition, then: then, otherwise: otherwise), at: offset, condition, then, otherwise)
  }

  /// Of operators that bind at least so tightly.
  private mutating func expression(above precedence: Int) throws(ConditionError) -> ConditionNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= ConditionParser.maximumDepth else { throw tooDeep(token.offset) }
    var left = try primary()
    var last = ""
    while case .symbol(var symbol) = token.kind {
      var isNegated = false
      let before = self
      if symbol == "not" {
        try advance()
        guard case .symbol(let suffix) = token.kind, ConditionParser.negatable.contains(suffix)
        else { throw unexpected() }
        (symbol, isNegated) = (suffix, true)
      }
      guard let rank = ConditionParser.precedences[symbol], rank >= precedence else {
        self = before
        break
      }
      let offset = token.offset
      if last == "??", symbol != "??" {
        throw ConditionError("`\(symbol)` beside `??` needs parentheses around one", at: offset)
      }
      try advance()
      if let order = ConditionOrder(rawValue: symbol) {
        left = try chain(left, order, offset, above: rank)
      } else {
        let isRight = symbol == "**" || symbol == "^"
        let right = try expression(above: isRight ? rank : rank + 1)
        left = try combined(symbol, left, right, offset)
        if isNegated { left = try node(.not(left), at: before.token.offset, left) }
      }
      last = symbol
    }
    return left
  }

  /// `a < b < c`: both hold.
  private mutating func chain(
    _ first: ConditionNode, _ order: ConditionOrder, _ offset: Int, above rank: Int
  ) throws(ConditionError) -> ConditionNode {
    var orders = [order]
    var operands = [first, try expression(above: rank + 1)]
    while case .symbol(let symbol) = token.kind, let next = ConditionOrder(rawValue: symbol) {
      try advance()
      orders.append(next)
      operands.append(try expression(above: rank + 1))
    }
    return try node(.order(orders, operands), at: offset, of: operands)
  }

  private func combined(
    _ symbol: String, _ left: ConditionNode, _ right: ConditionNode, _ offset: Int
  ) throws(ConditionError) -> ConditionNode {
    switch symbol {
    case "or", "||": return try node(.either(left, right), at: offset, left, right)
    case "and", "&&": return try node(.both(left, right), at: offset, left, right)
    case "??": return try node(.fallback(left, right), at: offset, left, right)
    case "in": return try node(.membership(left, in: right), at: offset, left, right)
    case "==": return try node(.equal(left, right), at: offset, left, right)
    case "!=": return try node(.unequal(left, right), at: offset, left, right)
    default: break
    }
    if let textual = ConditionTextual(rawValue: symbol) {
      if textual == .matches, case .constant(.text(let pattern)) = right.content {
        do throws(PatternError) {
          _ = try SearchPattern(pattern)
        } catch {
          throw ConditionError(error.description, at: right.offset)
        }
      }
      return try node(.textual(textual, left, right), at: offset, left, right)
    }
    guard let operation = ConditionArithmetic(rawValue: symbol == "^" ? "**" : symbol) else {
      preconditionFailure("operator \(symbol) has a precedence and is not there")
    }
    return try node(.arithmetic(operation, left, right), at: offset, left, right)
  }

  private mutating func primary() throws(ConditionError) -> ConditionNode {
    let offset = token.offset
    switch token.kind {
    case .symbol(let symbol) where ["!", "not", "-", "+"].contains(symbol):
      try advance()
      let isNot = symbol == "!" || symbol == "not"
      let operand = try expression(above: isNot ? 50 : 90)
      let content: ConditionNode.Content =
        isNot ? .not(operand) : symbol == "-" ? .minus(operand) : .plus(operand)
      return try postfix(try node(content, at: offset, operand))
    case .symbol("("):
      try advance()
      let inner = try expression()
      try expect(")")
      return try postfix(inner)
    case .symbol("#"): return try element()
    case .symbol("."), .symbol("?."): throw unsupported("a field")
    case .symbol("::"): throw unsupported("`::`")
    case .symbol("{"): throw unsupported("a map")
    case .symbol("["): return try postfix(try list())
    case .integer(let value):
      try advance()
      return try node(.constant(.integer(value)), at: offset)
    case .number(let value):
      try advance()
      return try node(.constant(.number(value)), at: offset)
    case .text(let text):
      try advance()
      return try postfix(try node(.constant(.text(text)), at: offset))
    case .name(let name): return try named(name)
    case .symbol, .end: throw unexpected()
    }
  }

  private mutating func element() throws(ConditionError) -> ConditionNode {
    let offset = token.offset
    guard predicates > 0 else {
      throw ConditionError(
        "`#` stands in a predicate only, such as `all(result, # < 1)`", at: offset)
    }
    try advance()
    if case .name(let name) = token.kind, token.offset == offset + 1 {
      throw unsupported("`#\(name)`")
    }
    return try postfix(try node(.element, at: offset))
  }

  mutating func predicate() throws(ConditionError) -> ConditionNode {
    let hasBraces = isAt("{")
    if hasBraces { try advance() }
    predicates += 1
    let inner = try expression()
    predicates -= 1
    if hasBraces { try expect("}") }
    return inner
  }
}
