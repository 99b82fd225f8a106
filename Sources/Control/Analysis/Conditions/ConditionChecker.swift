/// Finds what no value can make right: expr-lang refuses a condition as a whole for that, even where
/// the part would never be computed.
struct ConditionChecker {
  private let result: ConditionType
  /// Of the elements of the lists whose predicates are being checked.
  private var elements: [ConditionType] = []

  /// - Returns: the type of the condition.
  static func type(
    of node: ConditionNode, result: ConditionType
  ) throws(ConditionError) -> ConditionType {
    var checker = ConditionChecker(result: result)
    return try checker.type(of: node)
  }

  private init(result: ConditionType) { self.result = result }

  mutating func type(of node: ConditionNode) throws(ConditionError) -> ConditionType {
    switch node.content {
    case .result: return result
    case .element: return elements.last ?? .unknown
    case .constant(let value): return value.type
    case .list(let nodes): return .list(of: try element(of: nodes))
    case .minus(let inner), .plus(let inner):
      let type = try type(of: inner)
      guard type.isNumeric || type == .unknown else { throw wrong(node, "a sign", type) }
      return type
    case .not(let inner):
      let type = try type(of: inner)
      guard type == .boolean || type == .unknown else { throw wrong(node, "`not`", type) }
      return .boolean
    case .both(let left, let right), .either(let left, let right):
      let (a, b) = (try type(of: left), try type(of: right))
      let isBoolean: (ConditionType) -> Bool = { $0 == .boolean }
      guard isBoolean(a) && isBoolean(b) || a.mayFit(b, isBoolean) else {
        throw mismatch(node, "`and` or `or`", a, b)
      }
      return .boolean
    case .fallback(let left, let right):
      let (a, b) = (try type(of: left), try type(of: right))
      if a == .absent { return b }
      return b == .absent || b.isAssignable(to: a) ? a : .unknown
    case .order(let orders, let operands): return try order(node, orders, operands)
    case .equal(let left, let right), .unequal(let left, let right):
      let (a, b) = (try type(of: left), try type(of: right))
      guard a.isComparable(with: b) else { throw mismatch(node, "`==` or `!=`", a, b) }
      return .boolean
    case .membership(let left, let right): return try membership(node, left, right)
    case .textual(let operation, let left, let right):
      let (a, b) = (try type(of: left), try type(of: right))
      guard a == .text && b == .text || a.mayFit(b, { $0 == .text }) else {
        throw mismatch(node, "`\(operation.rawValue)`", a, b)
      }
      return .boolean
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(node, operation, try type(of: left), try type(of: right))
    case .choice(let condition, let then, let otherwise):
      let type = try type(of: condition)
      guard type == .boolean || type == .unknown else {
        throw wrong(condition, "the condition of `?`", type)
      }
      let first = try then.map { node throws(ConditionError) in try self.type(of: node) } ?? type
      return first.joined(with: try self.type(of: otherwise))
    case .index(let base, let index): return try self.index(node, base, index)
    case .slice(let base, let from, let to): return try slice(node, base, from, to)
    case .call(let function, let arguments): return try call(node, function, arguments)
    case .each(let iteration, let list, let predicate):
      return try each(iteration, list, predicate)
    }
  }

  private mutating func element(
    of nodes: [ConditionNode]
  ) throws(ConditionError) -> ConditionType {
    var last = ConditionType.unknown
    var areAlike = true
    for (index, node) in nodes.enumerated() {
      let type = try type(of: node)
      if index > 0, !type.isAlike(last) { areAlike = false }
      last = type
    }
    return areAlike ? last : .unknown
  }

  private mutating func order(
    _ node: ConditionNode, _ orders: [ConditionOrder], _ operands: [ConditionNode]
  ) throws(ConditionError) -> ConditionType {
    var last = try type(of: operands[0])
    for (sign, operand) in zip(orders, operands.dropFirst()) {
      let next = try type(of: operand)
      let isOrdered: (ConditionType) -> Bool = { $0.isNumeric || $0 == .text }
      guard
        last.isNumeric && next.isNumeric || last == .text && next == .text
          || last.mayFit(next, isOrdered)
      else { throw mismatch(node, "`\(sign.rawValue)`", last, next) }
      last = next
    }
    return .boolean
  }

  private mutating func membership(
    _ node: ConditionNode, _ left: ConditionNode, _ right: ConditionNode
  ) throws(ConditionError) -> ConditionType {
    let (a, b) = (try type(of: left), try type(of: right))
    switch b {
    case .list(let element, _):
      guard a.isComparable(with: element) else {
        throw ConditionError("\(a.kind) cannot be in a list of \(element.plural)", at: node.offset)
      }
    case .unknown: break
    case .text where a == .unknown: break
    default: throw mismatch(node, "`in`", a, b)
    }
    return .boolean
  }

  private func arithmetic(
    _ node: ConditionNode, _ operation: ConditionArithmetic, _ a: ConditionType,
    _ b: ConditionType
  ) throws(ConditionError) -> ConditionType {
    let areNumeric = a.isNumeric && b.isNumeric
    switch operation {
    case .add where a == .text && b == .text: return .text
    case .add, .subtract, .multiply:
      if areNumeric { return a == .integer && b == .integer ? .integer : .number }
      let fits: (ConditionType) -> Bool = { $0.isNumeric || operation == .add && $0 == .text }
      if a.mayFit(b, fits) { return .unknown }
    case .divide, .power:
      if areNumeric || a.mayFit(b, { $0.isNumeric }) { return .number }
    case .remainder:
      if a == .integer && b == .integer || a.mayFit(b, { $0 == .integer }) { return .integer }
      if areNumeric {
        throw ConditionError(
          "`%` wants whole numbers: write such as `int(result[0]) % 2`", at: node.offset)
      }
    }
    throw mismatch(node, "`\(operation.rawValue)`", a, b)
  }

  private mutating func index(
    _ node: ConditionNode, _ base: ConditionNode, _ index: ConditionNode
  ) throws(ConditionError) -> ConditionType {
    let (a, b) = (try type(of: base), try type(of: index))
    switch a {
    case .unknown: return .unknown
    case .list(let element, _):
      guard b == .integer || b == .unknown else {
        throw noIndex(index, b)
      }
      return element
    default: throw ConditionError("\(a.kind) has no elements", at: node.offset)
    }
  }

  private mutating func slice(
    _ node: ConditionNode, _ base: ConditionNode, _ from: ConditionNode?, _ to: ConditionNode?
  ) throws(ConditionError) -> ConditionType {
    let type = try type(of: base)
    if type == .unknown { return .unknown }
    guard type.isList else {
      let what = type == .text ? "a part of a text is not supported" : "\(type.kind) has no parts"
      throw ConditionError(what, at: node.offset)
    }
    for bound in [from, to].compactMap({ $0 }) {
      let type = try self.type(of: bound)
      guard type == .integer || type == .unknown else {
        throw noIndex(bound, type)
      }
    }
    return type
  }

  private func noIndex(_ node: ConditionNode, _ type: ConditionType) -> ConditionError {
    let remedy = type == .number ? ": write `int(...)` around it" : ""
    return ConditionError("an index is a whole number, not \(type.kind)\(remedy)", at: node.offset)
  }

  private mutating func each(
    _ iteration: ConditionIteration, _ list: ConditionNode, _ predicate: ConditionNode?
  ) throws(ConditionError) -> ConditionType {
    let collection = try type(of: list)
    guard collection.isList || collection == .unknown else {
      throw ConditionError(
        "\(iteration.rawValue) wants a list, and this is \(collection.kind)", at: list.offset)
    }
    var inner: ConditionType?
    if let predicate {
      elements.append(collection.element)
      let type = try type(of: predicate)
      elements.removeLast()
      let wantsTruth = iteration != .map && iteration != .sum
      guard type != .absent, !wantsTruth || type == .boolean || type == .unknown else {
        throw ConditionError(
          "the predicate of \(iteration.rawValue) is \(type.kind) instead of true or false",
          at: predicate.offset)
      }
      inner = type
    }
    switch iteration {
    case .all, .any, .one, .none: return .boolean
    case .filter: return .list(of: collection.element)
    case .map: return .list(of: inner ?? .unknown)
    case .count: return .integer
    case .sum: return inner ?? collection.element
    }
  }
}

// MARK: Calls and messages

extension ConditionChecker {
  private mutating func call(
    _ node: ConditionNode, _ function: ConditionFunction, _ arguments: [ConditionNode]
  ) throws(ConditionError) -> ConditionType {
    var types: [ConditionType] = []
    for argument in arguments { types.append(try type(of: argument)) }
    let first = types[0]
    func isOne(of fits: (ConditionType) -> Bool) throws(ConditionError) {
      guard first == .unknown || fits(first) else { throw wrong(node, function.rawValue, first) }
    }
    switch function {
    case .len:
      try isOne { $0.isList || $0 == .text }
      return .integer
    case .abs:
      try isOne(of: \.isNumeric)
      return first
    case .ceil, .floor, .round:
      try isOne(of: \.isNumeric)
      return .number
    case .int:
      try isOne { $0.isNumeric || $0 == .text }
      return .integer
    case .float:
      try isOne { $0.isNumeric || $0 == .text }
      return .number
    case .string: return .text
    case .first, .last:
      try isOne(of: \.isList)
      if case .list(let element, isPlain: true) = first { return element }
      return .unknown
    case .min, .max, .mean:
      for type in types {
        if type == .unknown || type.isList { return .unknown }
        guard type.isNumeric else { throw wrong(node, function.rawValue, type) }
      }
      return first
    case .isNaN, .isInf:
      // A whole number passes here, and fails where it is handed over.
      try isOne(of: \.isNumeric)
      return .boolean
    case .isNil: return .boolean
    case .asInt: return .integer
    case .asFloat: return .number
    case .default: return .unknown
    }
  }

  private func wrong(
    _ node: ConditionNode, _ what: String, _ type: ConditionType
  ) -> ConditionError {
    let remedy = type.isList ? ": write such as `result[0]`" : ""
    return ConditionError("\(what) cannot take \(type.kind)\(remedy)", at: node.offset)
  }

  private func mismatch(
    _ node: ConditionNode, _ what: String, _ a: ConditionType, _ b: ConditionType
  ) -> ConditionError {
    let remedy =
      a.isList && b.isNumeric || a.isNumeric && b.isList ? ": write such as `result[0]`" : ""
    return ConditionError(
      "\(what) cannot take \(a.kind) and \(b.kind)\(remedy)", at: node.offset)
  }
}

extension ConditionValue {
  fileprivate var type: ConditionType {
    switch self {
    case .absent: .absent
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .text: .text
    case .list: .list(of: .unknown)
    }
  }
}

extension ConditionType {
  fileprivate var plural: String {
    switch self {
    case .unknown, .absent: "anything"
    case .boolean: "truth values"
    case .integer, .number: "numbers"
    case .text: "texts"
    case .list: "lists"
    }
  }
}
