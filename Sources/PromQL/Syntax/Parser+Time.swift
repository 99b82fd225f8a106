extension Parser {
  /// An expression with the brackets and time modifiers that follow it.
  mutating func modified(_ start: Expression) throws(QueryError) -> Expression {
    var result = start
    while true {
      if token.isSymbol("[") {
        result = try bracketed(result)
      } else if token.isSymbol("@") {
        result = try pinned(result)
      } else if token.word == "offset" {
        let place = advance().range
        let offset = try offsetDuration()
        try changeModifiers(of: &result, named: "offset modifier", at: place) { modifiers in
          if modifiers.offset != nil { return "offset may not be set multiple times" }
          modifiers.offset = offset
          return nil
        }
      } else if let boundaries = TimeModifiers.Boundaries(rawValue: token.word),
        token.kind == .identifier
      {
        let place = advance().range
        if case .subquery = result {
          throw QueryError(
            .syntax,
            "\(boundaries.rawValue) modifier does not work on subqueries; put it after a "
              + "selector", at: place)
        }
        try changeModifiers(of: &result, named: "\(boundaries.rawValue) modifier", at: place) {
          modifiers in
          if modifiers.boundaries != .sampled {
            return "anchored and smoothed modifiers cannot be used together or twice"
          }
          modifiers.boundaries = boundaries
          return nil
        }
      } else {
        return result
      }
    }
  }

  /// - Parameter change: gives what is wrong.
  private func changeModifiers(
    of expression: inout Expression, named name: String, at place: SourceRange,
    _ change: (inout TimeModifiers) -> String?
  ) throws(QueryError) {
    var problem: String?
    switch expression {
    case .selector(var node):
      problem = change(&node.modifiers)
      node.range.end = lastEnd
      expression = .selector(node)
    case .range(var node):
      problem = change(&node.selector.modifiers)
      node.range.end = lastEnd
      expression = .range(node)
    case .subquery(var node):
      problem = change(&node.modifiers)
      node.range.end = lastEnd
      expression = .subquery(node)
    default:
      problem =
        "\(name) must be preceded by an instant vector selector or range vector selector or a "
        + "subquery; write it directly after the selector"
    }
    if let problem { throw QueryError(.syntax, problem, at: place) }
  }

  private mutating func pinned(_ expression: Expression) throws(QueryError) -> Expression {
    let place = advance().range
    let at: TimeModifiers.At
    if token.word == "start" || token.word == "end", following().isSymbol("(") {
      at = advance().word == "start" ? .start : .end
      try expect("(", in: "@")
      try expect(")", in: "@")
    } else {
      let isNegative = token.isSymbol("-")
      if token.isSymbol("-") || token.isSymbol("+") { _ = advance() }
      let literal = try numberLiteral()
      let milliseconds = (literal.value * 1000).rounded(.toNearestOrAwayFromZero)
      // Beyond this, sums with durations would overflow.
      guard milliseconds.magnitude < 0x1p61 else {
        throw QueryError(
          .syntax,
          "timestamp out of bounds for @ modifier: \(shortText(literal.value)); write "
            + "seconds since 1970", at: literal.range)
      }
      at = .time(isNegative ? -Int64(milliseconds) : Int64(milliseconds))
    }
    var result = expression
    try changeModifiers(of: &result, named: "@ modifier", at: place) { modifiers in
      if modifiers.at != .none { return "@ <timestamp> may not be set multiple times" }
      modifiers.at = at
      return nil
    }
    return result
  }

  private mutating func bracketed(_ expression: Expression) throws(QueryError) -> Expression {
    let bracket = advance().range
    let duration = try self.duration(mayBeNegative: false)
    if skip(":") {
      let step = token.isSymbol("]") ? nil : try self.duration(mayBeNegative: false)
      if !skip("]") { throw unexpected("\"]\"", in: "subquery selector") }
      return .subquery(
        Subquery(
          inner: expression, duration: duration, step: step,
          range: SourceRange(expression.range.start, lastEnd)))
    }
    if !skip("]") { throw unexpected("\":\" or \"]\"", in: "subquery or range") }
    let range = SourceRange(bracket.start, lastEnd)
    guard case .selector(let selector) = expression else {
      throw QueryError(
        .syntax, "ranges only allowed for vector selectors; write [range:step] for a subquery",
        at: range)
    }
    if selector.modifiers.offset != nil {
      throw QueryError(
        .syntax, "no offset modifiers allowed before range; write it after the brackets", at: range)
    }
    if selector.modifiers.at != .none {
      throw QueryError(
        .syntax, "no @ modifiers allowed before range; write it after the brackets", at: range)
    }
    return .range(
      RangeSelector(
        selector: selector, duration: duration, range: SourceRange(selector.range.start, lastEnd)))
  }

  // MARK: durations

  /// A sign and one operand: `offset 5m * 2` multiplies the offset vector.
  private mutating func offsetDuration() throws(QueryError) -> DurationExpression {
    let isNegative = token.isSymbol("-")
    if token.isSymbol("-") || token.isSymbol("+") {
      _ = advance()
      let inner = try oneLevelDeeper { parser throws(QueryError) in try parser.offsetDuration() }
      return isNegative ? negated(inner) : inner
    }
    return try durationOperand()
  }

  private mutating func duration(mayBeNegative: Bool) throws(QueryError) -> DurationExpression {
    let start = token.range
    let result = try durationExpression(precedenceMin: 4)
    if !mayBeNegative, case .number(let literal) = result, !(literal.value > 0) {
      throw QueryError(
        .syntax, "duration must be greater than 0; write one such as 5m",
        at: SourceRange(start.start, lastEnd))
    }
    return result
  }

  private mutating func durationExpression(
    precedenceMin: Int
  ) throws(QueryError) -> DurationExpression {
    try oneLevelDeeper { parser throws(QueryError) in
      try parser.durationOperations(precedenceMin: precedenceMin)
    }
  }

  private mutating func durationOperations(
    precedenceMin: Int
  ) throws(QueryError) -> DurationExpression {
    var left = try signedDuration()
    while token.kind == .symbol,
      let operation = DurationExpression.Operation(rawValue: token.text),
      let precedence = BinaryOperation.Operation(rawValue: token.text)?.precedence,
      precedence >= precedenceMin
    {
      try descend()
      let place = advance().range
      let right = try durationExpression(
        precedenceMin: operation == .power ? precedence : precedence + 1)
      if case .number(let divisor) = right, divisor.value == 0,
        operation == .divide || operation == .modulo
      {
        throw QueryError(
          .syntax, operation == .divide ? "division by zero" : "modulo by zero", at: place)
      }
      left = .binary(operation, left, right)
    }
    return left
  }

  private mutating func signedDuration() throws(QueryError) -> DurationExpression {
    guard token.isSymbol("-") || token.isSymbol("+") else { return try durationOperand() }
    let isNegative = advance().text == "-"
    let inner = try durationExpression(precedenceMin: 6)
    return isNegative ? negated(inner) : inner
  }

  private func negated(_ duration: DurationExpression) -> DurationExpression {
    guard case .number(var literal) = duration else { return .negated(duration) }
    literal.value = -literal.value
    return .number(literal)
  }

  private mutating func durationOperand() throws(QueryError) -> DurationExpression {
    if skip("(") {
      let inner = try durationExpression(precedenceMin: 4)
      if !skip(")") { throw unexpected("\")\"", in: "duration") }
      if case .number = inner { return inner }
      return .parentheses(inner)
    }
    let word = token.word
    if word == "step" || word == "range" {
      _ = advance()
      try expect("(", in: "duration")
      try expect(")", in: "duration")
      return word == "step" ? .step : .queryRange
    }
    if word == "min_of" || word == "max_of" {
      _ = advance()
      try expect("(", in: "duration")
      let first = try durationExpression(precedenceMin: 4)
      try expect(",", in: "duration")
      let second = try durationExpression(precedenceMin: 4)
      try expect(")", in: "duration")
      return word == "min_of" ? .least(first, second) : .greatest(first, second)
    }
    guard token.kind == .number || token.kind == .duration else {
      throw unexpected("a number, duration, step() or range()", in: "duration")
    }
    let literal = try numberLiteral()
    guard literal.value.magnitude < 9_223_372_036 else {
      throw QueryError(.syntax, "duration out of range; at most 292 years", at: literal.range)
    }
    return .number(literal)
  }
}
