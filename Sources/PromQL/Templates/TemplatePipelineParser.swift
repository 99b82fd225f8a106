/// Reads what stands between the braces of an action.
struct TemplatePipelineParser {
  private(set) var scanner: TemplateScanner
  /// Those that may be used, with their dollar sign.
  private(set) var variables: [String]
  private var token: TemplateToken
  private var depth = 0

  /// - Parameter first: the word that the scanner has already given.
  init(scanner: TemplateScanner, first: TemplateToken, variables: [String]) {
    self.scanner = scanner
    self.variables = variables
    token = first
  }

  private mutating func advance() throws(TemplateError) {
    if token.kind != .end { token = try scanner.next() }
  }

  func expectEnd(_ context: String) throws(TemplateError) {
    guard token.kind == .end else { throw unexpected(context) }
  }

  mutating func pipeline(
    context: String, isRange: Bool = false
  ) throws(TemplateError) -> TemplatePipeline {
    var pipeline = TemplatePipeline(offset: token.offset)
    try declarations(of: &pipeline, isRange: isRange)
    while true {
      guard token.kind != .end, token.kind != .symbol(")") else { break }
      pipeline.commands.append(try command(context))
      guard token.kind == .symbol("|") else { break }
      try advance()
      guard token.kind != .end, token.kind != .symbol(")") else {
        throw scanner.failure("missing value for \(context)", at: token.offset)
      }
    }
    guard !pipeline.commands.isEmpty else {
      throw scanner.failure("missing value for \(context)", at: pipeline.offset)
    }
    for command in pipeline.commands.dropFirst() where !command.isCallable {
      throw scanner.failure(
        "non executable command in pipeline stage", at: command.offset)
    }
    // The variable is not yet known where its own value is made.
    if !pipeline.isAssignment { variables += pipeline.variables }
    return pipeline
  }

  private mutating func declarations(
    of pipeline: inout TemplatePipeline, isRange: Bool
  ) throws(TemplateError) {
    guard case .variable(let first) = token.kind else { return }
    let before = self
    var names = [first]
    try advance()
    if isRange, token.kind == .symbol(",") {
      try advance()
      guard case .variable(let second) = token.kind else {
        throw scanner.failure("range can only initialize variables", at: token.offset)
      }
      names.append(second)
      try advance()
    }
    switch token.kind {
    case .symbol(":="): pipeline.variables = names
    case .symbol("="):
      for name in names { try check(name, at: pipeline.offset) }
      pipeline.variables = names
      pipeline.isAssignment = true
    default:
      self = before
      return
    }
    try advance()
  }

  private mutating func command(_ context: String) throws(TemplateError) -> TemplateCommand {
    var command = TemplateCommand(offset: token.offset)
    while let operand = try operand(context) {
      guard command.operands.isEmpty || token.kind == .end || token.followsSpace || isBoundary
      else { throw unexpected(context) }
      command.operands.append(operand)
      if isBoundary || token.kind == .end { break }
      guard token.followsSpace else { throw unexpected(context) }
    }
    guard !command.operands.isEmpty else { throw unexpected(context) }
    return command
  }

  private var isBoundary: Bool { token.kind == .symbol("|") || token.kind == .symbol(")") }

  private mutating func operand(_ context: String) throws(TemplateError) -> TemplateOperand? {
    var operand: TemplateOperand
    switch token.kind {
    case .end, .symbol("|"), .symbol(")"): return nil
    case .dot: operand = .dot
    case .field(let name): operand = .field(.dot, name)
    case .variable(let name):
      try check(name, at: token.offset)
      operand = .variable(name)
    case .string(let text): operand = .constant(.string(text))
    case .integer(let value): operand = .constant(.integer(value))
    case .number(let value): operand = .constant(.number(value))
    case .word("true"): operand = .constant(.boolean(true))
    case .word("false"): operand = .constant(.boolean(false))
    case .word("nil"): operand = .absent
    case .word(let name):
      guard scanner.dialect.functions.contains(name) else {
        throw scanner.failure("function \(quoted(name)) not defined", at: token.offset)
      }
      operand = .function(name)
    case .symbol("("): operand = .pipeline(try parenthesised(context))
    case .symbol: throw unexpected(context)
    }
    try advance()
    while case .field(let name) = token.kind, !token.followsSpace {
      operand = .field(operand, name)
      try advance()
    }
    return operand
  }

  private mutating func parenthesised(
    _ context: String
  ) throws(TemplateError) -> TemplatePipeline {
    let start = token.offset
    depth += 1
    guard depth <= TemplateParser.maximumDepth else {
      throw scanner.failure("parentheses nest too deeply", at: start)
    }
    try advance()
    let inner = try pipeline(context: "parenthesized pipeline")
    guard token.kind == .symbol(")") else {
      throw scanner.failure("unclosed left paren", at: start)
    }
    depth -= 1
    return inner
  }

  private func check(_ name: String, at offset: Int) throws(TemplateError) {
    guard variables.contains(name) else {
      throw scanner.failure("undefined variable \(quoted(name))", at: offset)
    }
  }

  private func unexpected(_ context: String) -> TemplateError {
    let shown =
      switch token.kind {
      case .end: scanner.dialect.closing
      case .dot: "."
      case .field(let name): "." + name
      case .variable(let name), .word(let name), .symbol(let name): name
      case .string(let text): quoted(text)
      case .integer(let value): String(value)
      case .number(let value): TemplateValue.number(value).text
      }
    return scanner.failure("unexpected \(quoted(shown)) in \(context)", at: token.offset)
  }
}

extension TemplateCommand {
  /// Whether a value can be handed to it.
  fileprivate var isCallable: Bool {
    switch operands.first {
    case .constant, .absent, .dot, nil: false
    case .variable, .function, .pipeline, .field: true
    }
  }
}
