/// Reads an expression of PromQL as Prometheus 3 does, experimental parts included.
///
/// Types are checked as soon as an expression is complete, so that the first error in the text is
/// the one that is told.
struct Parser {
  private let tokens: [Token]
  private var at = 0
  /// How deep the expression at hand lies in the tree.
  private var depth = 0
  /// The evaluation is recursive; what is deeper than this is refused instead of exhausting the stack.
  static let depthMax = 500

  /// - Throws: `QueryError` of kind `.syntax` with its place.
  static func expression(_ text: String) throws(QueryError) -> Expression {
    var parser = Parser(tokens: try Lexer.tokens(of: text))
    if parser.token.kind == .end {
      throw QueryError(.syntax, "no expression found in input; write one", at: SourceRange(0, 0))
    }
    let result = try parser.expression()
    if parser.token.kind != .end { throw parser.unexpected("an operator or the end") }
    try result.check(isRoot: true)
    return result
  }

  init(tokens: [Token]) { self.tokens = tokens }

  var token: Token { tokens[at] }

  /// The end of the token before this one.
  var lastEnd: Int { at > 0 ? tokens[at - 1].range.end : 0 }

  func following(_ count: Int = 1) -> Token { tokens[min(at + count, tokens.count - 1)] }

  mutating func advance() -> Token {
    defer { if at < tokens.count - 1 { at += 1 } }
    return tokens[at]
  }

  /// Moves past a symbol when it stands here.
  mutating func skip(_ symbol: String) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    at += 1
    return true
  }

  /// Moves past a word when it stands here.
  mutating func skip(word: String) -> Bool {
    guard token.word == word else { return false }
    at += 1
    return true
  }

  mutating func expect(_ symbol: String, in context: String) throws(QueryError) {
    if !skip(symbol) { throw unexpected("\"\(symbol)\"", in: context) }
  }

  func unexpected(_ wanted: String, in context: String = "") -> QueryError {
    QueryError(
      .syntax,
      "unexpected \(token.shown)\(context.isEmpty ? "" : " in \(context)"); write \(wanted)",
      at: token.range)
  }

  /// Counts one level more.
  mutating func descend() throws(QueryError) {
    depth += 1
    if depth > Parser.depthMax {
      throw QueryError(
        .syntax,
        "expression is too deep, over \(Parser.depthMax) levels; split it into recording "
          + "rules", at: token.range)
    }
  }

  /// Runs a part of the parser one level deeper.
  mutating func oneLevelDeeper<T>(
    _ part: (inout Parser) throws(QueryError) -> T
  ) throws(QueryError) -> T {
    let outerDepth = depth
    defer { depth = outerDepth }
    try descend()
    return try part(&self)
  }

  // MARK: operators, loosest first

  mutating func expression(precedenceMin: Int = 1) throws(QueryError) -> Expression {
    let outerDepth = depth
    defer { depth = outerDepth }
    try descend()
    var left = try operand()
    while let operation = operation(of: token), operation.precedence >= precedenceMin {
      try descend()
      let operatorRange = advance().range
      let modifiers = try binaryModifiers()
      let isRightAssociative = operation == .power
      let right = try expression(
        precedenceMin: isRightAssociative ? operation.precedence : operation.precedence + 1)
      left = .binary(
        BinaryOperation(
          operation: operation, left: left, right: right, returnsBool: modifiers.returnsBool,
          matching: modifiers.matching, operatorRange: operatorRange))
    }
    return left
  }

  private func operation(of token: Token) -> BinaryOperation.Operation? {
    switch token.kind {
    case .symbol: BinaryOperation.Operation(rawValue: token.text)
    case .identifier:
      ["and", "or", "unless", "atan2"].contains(token.word)
        ? BinaryOperation.Operation(rawValue: token.word) : nil
    default: nil
    }
  }

  /// A unary operation binds like a multiplication: -2^2 is -(2^2).
  private mutating func operand() throws(QueryError) -> Expression {
    guard token.isSymbol("-") || token.isSymbol("+") else { return try modified(primary()) }
    let sign = advance()
    let inner = try expression(precedenceMin: BinaryOperation.Operation.power.precedence)
    let range = sign.range.through(inner.range)
    if case .number(var literal) = inner {
      if sign.text == "-" { literal.value = -literal.value }
      literal.range = range
      return .number(literal)
    }
    return .unary(
      UnaryOperation(isNegation: sign.text == "-", operand: inner, range: range))
  }

  private mutating func primary() throws(QueryError) -> Expression {
    switch token.kind {
    case .number, .duration: return .number(try numberLiteral())
    case .string: return .string(try stringLiteral())
    case .symbol:
      if token.isSymbol("(") {
        let start = advance().range
        let inner = try expression()
        try expect(")", in: "parentheses")
        return .parentheses(
          Parentheses(inner: inner, range: SourceRange(start.start, lastEnd)))
      }
      if token.isSymbol("{") { return .selector(try selector()) }
      throw unexpected("a number, a metric, a function or an aggregation")
    case .identifier: return try named()
    case .end: throw unexpected("an expression")
    }
  }

  /// A call, an aggregation, or a selector that begins with a name.
  private mutating func named() throws(QueryError) -> Expression {
    if let operation = Aggregation.Operation(rawValue: token.word),
      following().isSymbol("(") || ["by", "without"].contains(following().word)
    {
      return .aggregation(try aggregation(operation))
    }
    if following().isSymbol("(") { return .call(try call()) }
    let reserved = [
      "on", "ignoring", "group_left", "group_right", "bool", "atan2",
    ]
    if reserved.contains(token.word) { throw unexpected("an expression") }
    return .selector(try selector())
  }

  mutating func numberLiteral() throws(QueryError) -> NumberLiteral {
    let literal = advance()
    if literal.kind == .duration {
      let milliseconds = durationMilliseconds(literal.text) ?? 0
      return NumberLiteral(
        value: Double(milliseconds) / 1000, isDuration: true, range: literal.range)
    }
    guard literal.kind == .number, let value = number(from: literal.text) else {
      at -= 1
      throw unexpected("a number or duration")
    }
    return NumberLiteral(value: value, isDuration: false, range: literal.range)
  }

  mutating func stringLiteral() throws(QueryError) -> StringLiteral {
    guard token.kind == .string else { throw unexpected("a string in quotes") }
    let literal = advance()
    do {
      return StringLiteral(bytes: try unquoted(Array(literal.text.utf8)[...]), range: literal.range)
    } catch {
      let start = literal.range.start + error.offset
      throw QueryError(
        .syntax, "error unquoting string \(literal.text): \(error.message)",
        at: SourceRange(start, start + 1))
    }
  }

  // MARK: calls and aggregations

  private mutating func call() throws(QueryError) -> Call {
    let name = advance()
    guard let function = Function(rawValue: name.text) ?? Function(contextual: name.word) else {
      let near = nearest(to: name.text, among: Function.allCases.map(\.name))
      throw QueryError(
        .syntax,
        "unknown function with name \(quoted(name.text))"
          + (near.map { "; did you mean \($0)?" } ?? ""), at: name.range)
    }
    let arguments = try list(in: "call to function \(quoted(name.text))")
    return Call(
      function: function, arguments: arguments, range: SourceRange(name.range.start, lastEnd))
  }

  private mutating func list(in context: String) throws(QueryError) -> [Expression] {
    try expect("(", in: context)
    var result: [Expression] = []
    while !skip(")") {
      if !result.isEmpty {
        let comma = token.range
        if !skip(",") { throw unexpected("\",\" or \")\"", in: context) }
        if token.isSymbol(")") {
          throw QueryError(
            .syntax, "trailing commas not allowed in function call args; leave it out", at: comma)
        }
      }
      result.append(try expression())
    }
    return result
  }

  private mutating func aggregation(
    _ operation: Aggregation.Operation
  ) throws(QueryError) -> Aggregation {
    let name = advance()
    var grouping = try aggregationModifier()
    var arguments = try list(in: "aggregation")
    if grouping == nil { grouping = try aggregationModifier() }
    let range = SourceRange(name.range.start, lastEnd)
    let wanted = operation.parameter == nil ? 1 : 2
    guard arguments.count == wanted else {
      let form = wanted == 1 ? "(vector)" : "(parameter, vector)"
      throw QueryError(
        .syntax,
        "wrong number of arguments for aggregate expression provided, expected \(wanted), "
          + "got \(arguments.count); write \(operation.rawValue)\(form)", at: range)
    }
    let parameter = wanted == 2 ? arguments.removeFirst() : nil
    return Aggregation(
      operation: operation, parameter: parameter, operand: arguments[0],
      grouping: grouping?.labels ?? [], isWithout: grouping?.isWithout ?? false, range: range)
  }

  private mutating func aggregationModifier() throws(QueryError) -> (
    labels: [String], isWithout: Bool
  )? {
    guard token.word == "by" || token.word == "without" else { return nil }
    let isWithout = advance().word == "without"
    return (try labelList(), isWithout)
  }
}

extension Function {
  /// Those that are also keywords, and so written in any case.
  fileprivate init?(contextual word: String) {
    guard ["start", "end", "step", "range", "min_of", "max_of"].contains(word) else { return nil }
    self.init(rawValue: word)
  }
}

/// The candidate with the fewest changes, when it is near.
func nearest(to text: String, among candidates: [String]) -> String? {
  var best: (name: String, distance: Int)?
  for name in candidates {
    let distance = editDistance(Array(text.utf8), Array(name.utf8))
    if distance <= max(1, text.utf8.count / 3), distance < best?.distance ?? .max {
      best = (name, distance)
    }
  }
  return best?.name
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let change = diagonal + (left == right ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
