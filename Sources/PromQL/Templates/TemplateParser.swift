/// Reads Go's text/template, with the functions that Prometheus adds.
struct TemplateParser {
  /// Blocks and parentheses inside each other end here.
  static let maximumDepth = 100

  private let text: String
  private let bytes: [UInt8]
  private let dialect: TemplateDialect
  private var position = 0
  /// The braces before cut the spaces that follow them.
  private var trimsNext = false
  private var variables: [String]
  private var loops = 0
  private var depth = 0
  private(set) var definitions: [String: [TemplateNode]] = [:]

  init(_ text: String, _ dialect: TemplateDialect) {
    self.text = text
    bytes = Array(text.utf8)
    self.dialect = dialect
    variables = dialect.variables
  }

  mutating func parse() throws(TemplateError) -> [TemplateNode] {
    let (nodes, end) = try block()
    guard case .textEnd = end else {
      throw failure("unexpected \(braced(end.word))", at: end.offset)
    }
    return nodes
  }

  /// What ends a list of nodes.
  private enum BlockEnd {
    case textEnd
    case end(offset: Int)
    /// The scanner stands behind the word.
    case otherwise(TemplateScanner, offset: Int)

    var word: String {
      switch self {
      case .textEnd: "EOF"
      case .end: "end"
      case .otherwise: "else"
      }
    }

    var offset: Int {
      switch self {
      case .textEnd: 0
      case .end(let offset), .otherwise(_, let offset): offset
      }
    }
  }

  private mutating func block() throws(TemplateError) -> ([TemplateNode], BlockEnd) {
    var nodes: [TemplateNode] = []
    while true {
      let plain = nextText()
      if !plain.isEmpty { nodes.append(.text(plain)) }
      guard position < bytes.count else { return (nodes, .textEnd) }
      let start = position
      guard var scanner = try openBraces() else { continue }
      let first = try scanner.next()
      switch first.kind {
      case .word("end"):
        try close(&scanner, in: "end")
        return (nodes, .end(offset: start))
      case .word("else"): return (nodes, .otherwise(scanner, offset: start))
      case .word("if"), .word("with"), .word("range"):
        nodes.append(try control(first, &scanner, start))
      case .word("define"): try define(&scanner, start)
      case .word("block"):
        throw failure("block is not supported: use define and template", at: start)
      case .word("template"): nodes.append(try call(&scanner, start))
      case .word("break") where loops > 0, .word("continue") where loops > 0:
        try close(&scanner, in: "loop control")
        nodes.append(first.kind == .word("break") ? .leave : .next)
      case .word("break"), .word("continue"):
        throw failure("break and continue stand in range only", at: start)
      default:
        var pipelines = TemplatePipelineParser(scanner: scanner, first: first, variables: variables)
        let pipeline = try pipelines.pipeline(context: "command")
        try pipelines.expectEnd("command")
        resume(&pipelines)
        nodes.append(.action(pipeline))
      }
    }
  }

  /// `if`, `with` and `range`, up to their `end`.
  private mutating func control(
    _ word: TemplateToken, _ scanner: inout TemplateScanner, _ start: Int
  ) throws(TemplateError) -> TemplateNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= TemplateParser.maximumDepth else {
      throw failure("blocks nest too deeply", at: start)
    }
    guard case .word(let kind) = word.kind else { preconditionFailure("no control word") }
    let known = variables.count
    let first = try scanner.next()
    var pipelines = TemplatePipelineParser(scanner: scanner, first: first, variables: variables)
    let pipeline = try pipelines.pipeline(context: kind, isRange: kind == "range")
    try pipelines.expectEnd(kind)
    resume(&pipelines)
    if kind == "range" { loops += 1 }
    let (then, end) = try block()
    if kind == "range" { loops -= 1 }
    let otherwise = try self.otherwise(end, of: kind, start)
    variables.removeSubrange(known...)
    switch kind {
    case "if": return .condition(pipeline, then: then, otherwise: otherwise)
    case "with": return .with(pipeline, then: then, otherwise: otherwise)
    default: return .range(pipeline, each: then, otherwise: otherwise)
    }
  }

  private mutating func otherwise(
    _ end: BlockEnd, of kind: String, _ start: Int
  ) throws(TemplateError) -> [TemplateNode] {
    switch end {
    case .end: return []
    case .textEnd:
      throw failure("unexpected EOF: \(braced(kind)) has no \(braced("end"))", at: start)
    case .otherwise(var scanner, let offset):
      let next = try scanner.next()
      // `else if` shares the end.
      if next.kind == .word(kind), kind != "range" {
        return [try control(next, &scanner, offset)]
      }
      guard next.kind == .end else { throw failure("unexpected word in else", at: next.offset) }
      try close(&scanner, in: "else")
      let (nodes, last) = try block()
      guard case .end = last else {
        throw failure("expected end; found \(braced(last.word))", at: offset)
      }
      return nodes
    }
  }

  private mutating func define(
    _ scanner: inout TemplateScanner, _ start: Int
  ) throws(TemplateError) {
    guard case .string(let name) = try scanner.next().kind else {
      throw failure("define needs a quoted name", at: start)
    }
    guard depth == 0, loops == 0 else { throw failure("unexpected \(braced("define"))", at: start) }
    try close(&scanner, in: "define clause")
    let outer = variables
    variables = ["$"]
    let (nodes, end) = try block()
    variables = outer
    guard case .end = end else {
      throw failure("unexpected \(braced(end.word)) in define clause", at: start)
    }
    guard definitions.updateValue(nodes, forKey: name) == nil else {
      throw failure("multiple definition of template \(quoted(name))", at: start)
    }
  }

  private mutating func call(
    _ scanner: inout TemplateScanner, _ start: Int
  ) throws(TemplateError) -> TemplateNode {
    guard case .string(let name) = try scanner.next().kind else {
      throw failure("template needs a quoted name", at: start)
    }
    let next = try scanner.next()
    if next.kind == .end {
      try close(&scanner, in: "template clause")
      return .call(template: name, nil, offset: start)
    }
    var pipelines = TemplatePipelineParser(scanner: scanner, first: next, variables: variables)
    let pipeline = try pipelines.pipeline(context: "template clause")
    try pipelines.expectEnd("template clause")
    resume(&pipelines)
    return .call(template: name, pipeline, offset: start)
  }
}

// MARK: Braces and the text between them

extension TemplateParser {
  /// Up to the next braces or the end.
  private mutating func nextText() -> String {
    let start = position
    while position < bytes.count, !stands(dialect.opening) { position += 1 }
    var slice = bytes[start..<position]
    if trimsNext { slice = slice.drop(while: isSpace) }
    trimsNext = false
    if stands(dialect.opening + "-"), position + 3 < bytes.count, isSpace(bytes[position + 3]) {
      while let last = slice.last, isSpace(last) { slice.removeLast() }
    }
    return String(decoding: slice, as: UTF8.self)
  }

  /// Steps over opening braces; nil after a comment, which is stepped over too.
  private mutating func openBraces() throws(TemplateError) -> TemplateScanner? {
    let start = position
    position += 2
    if stands("-"), position + 1 < bytes.count, isSpace(bytes[position + 1]) { position += 2 }
    guard stands("/*") else {
      return TemplateScanner(bytes: bytes, position: position, text: text, dialect: dialect)
    }
    while position < bytes.count, !stands("*/") { position += 1 }
    guard position < bytes.count else { throw failure("unclosed comment", at: start) }
    position += 2
    var scanner = TemplateScanner(bytes: bytes, position: position, text: text, dialect: dialect)
    guard try scanner.next().kind == .end else {
      throw failure("comment ends before closing delimiter", at: start)
    }
    try close(&scanner, in: "comment")
    return nil
  }

  /// Steps over closing braces.
  private mutating func close(
    _ scanner: inout TemplateScanner, in context: String
  ) throws(TemplateError) {
    if !scanner.starts(with: dialect.closing), !scanner.starts(with: "-" + dialect.closing) {
      let next = try scanner.next()
      guard next.kind == .end else {
        throw failure("unexpected word in \(context)", at: next.offset)
      }
    }
    trimsNext = scanner.starts(with: "-")
    position = scanner.position + (trimsNext ? 3 : 2)
  }

  /// Goes on behind the braces at which a pipeline ended.
  private mutating func resume(_ pipelines: inout TemplatePipelineParser) {
    variables = pipelines.variables
    trimsNext = pipelines.scanner.starts(with: "-")
    position = pipelines.scanner.position + (trimsNext ? 3 : 2)
  }

  private func braced(_ word: String) -> String { dialect.opening + word + dialect.closing }

  private func stands(_ word: String) -> Bool { bytes[position...].starts(with: word.utf8) }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func failure(_ message: String, at offset: Int) -> TemplateError {
    TemplateError(message, at: offset, in: text)
  }
}
