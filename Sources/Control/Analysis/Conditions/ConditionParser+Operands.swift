// What operators stand between.
extension ConditionParser {
  mutating func named(_ name: String) throws(ConditionError) -> ConditionNode {
    let place = token
    try advance()
    switch name {
    case "true": return try node(.constant(.boolean(true)), at: place.offset)
    case "false": return try node(.constant(.boolean(false)), at: place.offset)
    case "nil": return try node(.constant(.absent), at: place.offset)
    case "let", "$env": throw failure("`\(name)` is not supported in a condition", place)
    case "if", "else":
      throw failure("`\(name)` is not supported in a condition: write `a ? b : c`", place)
    default: break
    }
    if isAt("(") { return try postfix(try call(name, place)) }
    if name == "result" { return try postfix(try node(.result, at: place.offset)) }
    if isFunction(name) {
      throw failure("`\(name)` is a function: write such as `\(name)(result)`", place)
    }
    throw failure("unknown name \(name): a condition knows `result` only", place)
  }

  private func failure(_ message: String, _ place: ConditionToken) -> ConditionError {
    ConditionError(message, at: place.offset)
  }

  private func isFunction(_ name: String) -> Bool {
    ConditionFunction(rawValue: name) != nil || ConditionIteration(rawValue: name) != nil
      || ConditionFunction.unsupported.contains(name)
  }

  private mutating func call(
    _ name: String, _ place: ConditionToken
  ) throws(ConditionError) -> ConditionNode {
    if let iteration = ConditionIteration(rawValue: name) { return try each(iteration, place) }
    guard let function = ConditionFunction(rawValue: name) else {
      if name == "result" { throw failure("`result` is no function", place) }
      throw failure(
        isFunction(name)
          ? "the function \(name) is not supported in a condition" : "unknown name \(name)", place)
    }
    try advance()
    var arguments = try elements(until: ")")
    guard function.count.contains(arguments.count) else {
      let wanted = function.count.upperBound == .max ? "at least 1" : "\(function.count.lowerBound)"
      throw failure("\(name) wants \(wanted) arguments, and has \(arguments.count)", place)
    }
    // Go takes the literals of a parameter of type float64 for such.
    if function == .isNaN || function == .isInf { arguments = arguments.map(\.withFloats) }
    return try node(.call(function, arguments), at: place.offset, of: arguments)
  }

  private mutating func each(
    _ iteration: ConditionIteration, _ place: ConditionToken
  ) throws(ConditionError) -> ConditionNode {
    try advance()
    let list = try expression()
    var inner: ConditionNode?
    if isAt(",") {
      try advance()
      if !isAt(")") { inner = try predicate() }
      if inner != nil, isAt(",") { try advance() }
    }
    if inner == nil, iteration.needsPredicate {
      throw failure(
        "\(iteration.rawValue) wants a list and a predicate, such as "
          + "`\(iteration.rawValue)(result, # < 1)`", place)
    }
    try expect(")")
    return try node(.each(iteration, list, inner), at: place.offset, list, inner)
  }

  mutating func list() throws(ConditionError) -> ConditionNode {
    let offset = token.offset
    try advance()
    let nodes = try elements(until: "]")
    return try node(.list(nodes), at: offset, of: nodes)
  }

  /// A comma may follow the last one.
  private mutating func elements(until end: String) throws(ConditionError) -> [ConditionNode] {
    var nodes: [ConditionNode] = []
    while !isAt(end) {
      nodes.append(try expression())
      if !isAt(end) { try expect(",") }
    }
    try advance()
    return nodes
  }

  /// Indices and slices of what stands before them.
  mutating func postfix(_ node: ConditionNode) throws(ConditionError) -> ConditionNode {
    var base = node
    while true {
      if isAt(".") || isAt("?.") {
        throw ConditionError(
          "a field is not supported: what Prometheus answers is a number or a list of numbers",
          at: token.offset)
      }
      guard isAt("[") else { return base }
      let offset = token.offset
      try advance()
      var from: ConditionNode?
      if !isAt(":") { from = try expression() }
      if let from, !isAt(":") {
        try expect("]")
        base = try self.node(.index(of: base, from), at: offset, base, from)
        continue
      }
      try expect(":")
      let to = isAt("]") ? nil : try expression()
      try expect("]")
      base = try self.node(.slice(of: base, from: from, to: to), at: offset, base, from, to)
    }
  }
}

extension ConditionNode {
  /// With whole numbers of sums, differences and products as floating-point ones.
  fileprivate var withFloats: ConditionNode {
    var node = self
    switch content {
    case .constant(.integer(let value)): node.content = .constant(.number(Double(value)))
    case .minus(let inner): node.content = .minus(inner.withFloats)
    case .plus(let inner): node.content = .plus(inner.withFloats)
    case .arithmetic(let operation, let left, let right)
    where [.add, .subtract, .multiply].contains(operation):
      node.content = .arithmetic(operation, left.withFloats, right.withFloats)
    default: break
    }
    return node
  }
}
