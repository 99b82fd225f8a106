extension Parser {
  /// A name, conditions in braces, or both.
  mutating func selector() throws(QueryError) -> VectorSelector {
    let start = token.range.start
    var name = ""
    if token.kind == .identifier { name = advance().text }
    var matchers: [LabelMatcher] = []
    if token.isSymbol("{") {
      matchers = try matcherList()
      if !name.isEmpty, let twice = matchers.first(where: { $0.name == Labels.metricName }) {
        throw QueryError(
          .syntax,
          "metric name must not be set twice: \(quoted(name)) or \(quoted(twice.value)); "
            + "leave one out", at: SourceRange(start, lastEnd))
      }
    }
    if !name.isEmpty { matchers.append(LabelMatcher(Labels.metricName, equals: name)) }
    return VectorSelector(name: name, matchers: matchers, range: SourceRange(start, lastEnd))
  }

  private mutating func matcherList() throws(QueryError) -> [LabelMatcher] {
    let context = "label matching"
    try expect("{", in: context)
    var result: [LabelMatcher] = []
    while !skip("}") {
      if !result.isEmpty {
        if !skip(",") { throw unexpected("\",\" or \"}\"", in: context) }
        if skip("}") { break }
      }
      result.append(try matcher(in: context))
    }
    return result
  }

  private mutating func matcher(in context: String) throws(QueryError) -> LabelMatcher {
    let start = token.range
    let name: String
    switch token.kind {
    case .string:
      let literal = try stringLiteral()
      if token.isSymbol(",") || token.isSymbol("}") {
        return LabelMatcher(Labels.metricName, equals: literal.value)
      }
      name = literal.value
    case .identifier, .number:
      guard isLabelName(token.text) else { throw unexpected("a label or \"}\"", in: context) }
      name = advance().text
    default: throw unexpected("a label or \"}\"", in: context)
    }
    guard token.kind == .symbol, let operation = LabelMatcher.Operation(rawValue: token.text) else {
      throw unexpected("one of =, !=, =~, !~", in: context)
    }
    _ = advance()
    let value = try stringLiteral()
    do {
      return try LabelMatcher(name, operation, value.value)
    } catch {
      throw QueryError(
        .syntax, "error parsing regexp: \(error)", at: start.through(value.range))
    }
  }

  /// Names in parentheses, after `by`, `on` and the like.
  mutating func labelList() throws(QueryError) -> [String] {
    let context = "grouping opts"
    try expect("(", in: context)
    var result: [String] = []
    while !skip(")") {
      if !result.isEmpty {
        if !skip(",") { throw unexpected("\",\" or \")\"", in: context) }
        if skip(")") { break }
      }
      switch token.kind {
      case .string:
        let literal = try stringLiteral()
        guard literal.isWellFormed, !literal.bytes.isEmpty else {
          throw QueryError(
            .syntax, "invalid label name for grouping: \(quoted(bytes: literal.bytes))",
            at: literal.range)
        }
        result.append(literal.value)
      case .identifier, .number:
        guard isLabelName(token.text) else { throw unexpected("a label", in: context) }
        result.append(advance().text)
      default: throw unexpected("a label", in: context)
      }
    }
    return result
  }

  /// What stands between a binary operator and its right operand.
  mutating func binaryModifiers() throws(QueryError) -> (
    returnsBool: Bool, matching: BinaryOperation.Matching
  ) {
    var matching = BinaryOperation.Matching()
    let returnsBool = skip(word: "bool")
    if token.word == "on" || token.word == "ignoring", following().isSymbol("(") {
      matching.isOn = advance().word == "on"
      matching.labels = try labelList()
      if token.word == "group_left" || token.word == "group_right" {
        matching.cardinality = advance().word == "group_left" ? .manyToOne : .oneToMany
        if token.isSymbol("(") { matching.included = try labelList() }
      }
    }
    if token.word == "group_left" || token.word == "group_right" {
      throw unexpected("\"on (label, ...)\" or \"ignoring (label, ...)\" before it")
    }
    while ["fill", "fill_left", "fill_right"].contains(token.word), following().isSymbol("(") {
      let word = token.word
      let isSet =
        word != "fill_right" && matching.fillLeft != nil
        || word != "fill_left" && matching.fillRight != nil
      if isSet { throw unexpected("each side's fill value once") }
      _ = advance()
      let value = try fillValue()
      if word != "fill_right" { matching.fillLeft = value }
      if word != "fill_left" { matching.fillRight = value }
    }
    return (returnsBool, matching)
  }

  private mutating func fillValue() throws(QueryError) -> Double {
    try expect("(", in: "fill value")
    let isNegative = token.isSymbol("-")
    if token.isSymbol("-") || token.isSymbol("+") { _ = advance() }
    let literal = try numberLiteral()
    try expect(")", in: "fill value")
    return isNegative ? -literal.value : literal.value
  }
}
