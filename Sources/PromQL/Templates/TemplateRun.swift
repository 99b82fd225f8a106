/// Fills a template.
struct TemplateRun {
  /// A longer text is refused, so that nested ranges end.
  static let maximumLength = 1 << 20
  private static let maximumCalls = 100

  typealias Query = (String) throws(QueryError) -> [SeriesValue]

  private let template: Template
  let data: TemplateData
  private let root: TemplateValue
  /// Functions without arguments that the dialect adds.
  private let constants: [String: TemplateValue]
  private var output = ""
  private var variables: [(name: String, value: TemplateValue)] = []
  private var calls = 0
  private var steps = 0

  private enum Flow { case onward, leave, next }

  /// - Parameters:
  ///   - root: the dot at the start, and `$`.
  ///   - constants: what functions without arguments return.
  init(template: Template, root: TemplateValue, constants: [String: TemplateValue] = [:]) {
    self.template = template
    self.root = root
    self.constants = constants
    data = TemplateData(labels: .empty, value: 0, time: 0)
    variables = [("$", root)]
  }

  init(template: Template, data: TemplateData) {
    self.template = template
    self.data = data
    root = .data
    constants = [:]
    variables = [
      ("$", .data), ("$labels", .labels(data.labels)),
      ("$externalLabels", .labels(data.externalLabels)),
      ("$externalURL", .string(data.externalURL)), ("$value", .number(data.value)),
    ]
  }

  mutating func expanded(_ query: Query) throws(TemplateError) -> String {
    _ = try run(template.nodes, dot: root, query)
    return output
  }

  func failure(_ message: String, at offset: Int) -> TemplateError {
    TemplateError(message, at: offset, in: template.text)
  }

  private mutating func run(
    _ nodes: [TemplateNode], dot: TemplateValue, _ query: Query
  ) throws(TemplateError) -> Flow {
    for node in nodes {
      let known = variables.count
      switch node {
      case .text(let text): try print(text, at: 0)
      case .action(let pipeline):
        let value = try evaluate(pipeline, dot, query)
        if pipeline.variables.isEmpty { try print(value.text, at: pipeline.offset) }
      case .condition(let pipeline, let then, let otherwise):
        let isTrue = try evaluate(pipeline, dot, query).isTrue
        let flow = try run(isTrue ? then : otherwise, dot: dot, query)
        variables.removeSubrange(known...)
        if flow != .onward { return flow }
      case .with(let pipeline, let then, let otherwise):
        let value = try evaluate(pipeline, dot, query)
        let flow = try run(
          value.isTrue ? then : otherwise, dot: value.isTrue ? value : dot, query)
        variables.removeSubrange(known...)
        if flow != .onward { return flow }
      case .range(let pipeline, let each, let otherwise):
        let flow = try range(pipeline, each, otherwise, dot, query)
        variables.removeSubrange(known...)
        if flow != .onward { return flow }
      case .call(let name, let pipeline, let offset):
        try call(name, pipeline, offset, dot, query)
      case .leave: return .leave
      case .next: return .next
      }
    }
    return .onward
  }

  private mutating func range(
    _ pipeline: TemplatePipeline, _ each: [TemplateNode], _ otherwise: [TemplateNode],
    _ dot: TemplateValue, _ query: Query
  ) throws(TemplateError) -> Flow {
    let known = variables.count
    var unset = pipeline
    unset.variables = []
    let elements = try elements(
      of: evaluate(unset, dot, query), at: pipeline.offset)
    if elements.isEmpty { return try run(otherwise, dot: dot, query) }
    for element in elements {
      steps += 1
      guard steps <= TemplateRun.maximumLength else {
        throw failure("the template does not come to an end", at: pipeline.offset)
      }
      if let name = pipeline.variables.last { set(name, element.value, pipeline.isAssignment) }
      if pipeline.variables.count > 1 {
        set(pipeline.variables[0], element.key, pipeline.isAssignment)
      }
      let flow = try run(each, dot: element.value, query)
      variables.removeSubrange(known...)
      if flow == .leave { break }
    }
    return .onward
  }

  private func elements(
    of value: TemplateValue, at offset: Int
  ) throws(TemplateError) -> [(key: TemplateValue, value: TemplateValue)] {
    switch value {
    case .absent: return []
    case .samples(let samples):
      return samples.enumerated().map { (.integer(Int64($0.offset)), .sample($0.element)) }
    case .labels(let labels):
      return labels.pairs.map { (.string($0.name), .string($0.value)) }
    case .arguments(let values):
      return values.enumerated().map { (.string("arg\($0.offset)"), $0.element) }
    case .texts(let texts):
      return texts.enumerated().map { (.integer(Int64($0.offset)), .string($0.element)) }
    case .boolean, .integer, .number, .string, .sample, .duration, .time, .data, .fields:
      throw failure("range can't iterate over \(value.text)", at: offset)
    }
  }

  private mutating func call(
    _ name: String, _ pipeline: TemplatePipeline?, _ offset: Int, _ dot: TemplateValue,
    _ query: Query
  ) throws(TemplateError) {
    guard let nodes = template.definitions[name] else {
      throw failure("template \(quoted(name)) not defined", at: offset)
    }
    calls += 1
    defer { calls -= 1 }
    guard calls <= TemplateRun.maximumCalls else {
      throw failure("exceeded maximum template depth (\(TemplateRun.maximumCalls))", at: offset)
    }
    var value = TemplateValue.absent
    if let pipeline { value = try evaluate(pipeline, dot, query) }
    let outer = variables
    variables = [("$", value)]
    _ = try run(nodes, dot: value, query)
    variables = outer
  }

  private mutating func print(_ text: String, at offset: Int) throws(TemplateError) {
    output += text
    guard output.utf8.count <= TemplateRun.maximumLength else {
      throw failure("the text gets too long", at: offset)
    }
  }

  private mutating func set(_ name: String, _ value: TemplateValue, _ isAssignment: Bool) {
    if isAssignment, let index = variables.lastIndex(where: { $0.name == name }) {
      variables[index].value = value
    } else {
      variables.append((name, value))
    }
  }
}

// MARK: Values

extension TemplateRun {
  private mutating func evaluate(
    _ pipeline: TemplatePipeline, _ dot: TemplateValue, _ query: Query
  ) throws(TemplateError) -> TemplateValue {
    var value: TemplateValue?
    for command in pipeline.commands {
      value = try evaluate(command, dot, last: value, query)
    }
    let result = value ?? .absent
    for name in pipeline.variables { set(name, result, pipeline.isAssignment) }
    return result
  }

  private mutating func evaluate(
    _ command: TemplateCommand, _ dot: TemplateValue, last: TemplateValue?, _ query: Query
  ) throws(TemplateError) -> TemplateValue {
    let first = command.operands[0]
    guard case .function(let name) = first else {
      guard command.operands.count == 1, last == nil else {
        throw failure("can't give argument to non-function", at: command.offset)
      }
      return try evaluate(first, dot, command.offset, query)
    }
    var arguments: [TemplateValue] = []
    let isAnd = name == "and"
    for operand in command.operands.dropFirst() {
      let value = try evaluate(operand, dot, command.offset, query)
      if isAnd && !value.isTrue || name == "or" && value.isTrue { return value }
      arguments.append(value)
    }
    if let last { arguments.append(last) }
    return try call(name, arguments, command.offset, query)
  }

  private mutating func evaluate(
    _ operand: TemplateOperand, _ dot: TemplateValue, _ offset: Int, _ query: Query
  ) throws(TemplateError) -> TemplateValue {
    switch operand {
    case .dot: return dot
    case .absent: return .absent
    case .constant(let value): return value
    case .variable(let name):
      guard let known = variables.last(where: { $0.name == name }) else {
        throw failure("undefined variable: \(name)", at: offset)
      }
      return known.value
    case .function(let name): return try call(name, [], offset, query)
    case .pipeline(let inner): return try evaluate(inner, dot, query)
    case .field(let owner, let name):
      return try field(name, of: evaluate(owner, dot, offset, query), at: offset)
    }
  }

  private func field(
    _ name: String, of owner: TemplateValue, at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    switch (owner, name) {
    case (.labels(let labels), _):
      let isMissing = !labels.pairs.contains { $0.name == name }
      return isMissing && template.dialect.missesKeys ? .absent : .string(labels[name])
    case (.arguments(let values), _):
      guard name.hasPrefix("arg"), let index = Int(name.dropFirst(3)),
        values.indices.contains(index)
      else { return .absent }
      return values[index]
    case (.fields(let fields), _):
      guard let field = fields.first(where: { $0.name == name }) else {
        throw failure("can't evaluate field \(name) in type struct", at: offset)
      }
      return field.value
    case (.data, "Labels"): return .labels(data.labels)
    case (.data, "ExternalLabels"): return .labels(data.externalLabels)
    case (.data, "ExternalURL"): return .string(data.externalURL)
    case (.data, "Value"): return .number(data.value)
    case (.sample(let sample), "Labels"): return .labels(sample.labels)
    case (.sample(let sample), "Value"): return .number(sample.value)
    case (.absent, _): throw failure("nil data; no entry for key \(quoted(name))", at: offset)
    case (.boolean, _), (.integer, _), (.number, _), (.string, _), (.samples, _), (.duration, _),
      (.time, _), (.data, _), (.sample, _), (.texts, _):
      throw failure("can't evaluate field \(name) in type \(owner.typeName)", at: offset)
    }
  }

  private func call(
    _ name: String, _ arguments: [TemplateValue], _ offset: Int, _ query: Query
  ) throws(TemplateError) -> TemplateValue {
    do throws(FunctionError) {
      if let value = constants[name] {
        try Arguments(name: name, values: arguments).finish()
        return value
      }
      guard name == "query" else { return try TemplateFunctions.call(name, arguments, data) }
      guard arguments.count == 1, case .string(let text) = arguments[0] else {
        throw FunctionError("query wants one string")
      }
      return .samples(try samples(of: text, query))
    } catch {
      throw failure("error calling \(name): \(error.message)", at: offset)
    }
  }

  private func samples(
    of text: String, _ query: Query
  ) throws(FunctionError) -> [SeriesValue] {
    do {
      return try query(text)
    } catch {
      throw FunctionError(error.message)
    }
  }
}
