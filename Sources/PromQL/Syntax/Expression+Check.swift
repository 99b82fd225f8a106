extension Expression {
  /// Checks the types of an expression and of all below it.
  ///
  /// - Throws: `QueryError` of kind `.syntax` with its place.
  func check(isRoot: Bool = false) throws(QueryError) {
    switch self {
    case .number, .string: break
    case .selector(let node): try node.check()
    case .range(let node): try node.selector.check()
    case .subquery(let node):
      try node.inner.check()
      if node.inner.type != .vector {
        throw QueryError(
          .syntax,
          "subquery is only allowed on instant vector, got \(node.inner.type.rawValue) "
            + "instead", at: node.range)
      }
    case .call(let node): try node.check()
    case .aggregation(let node): try node.check()
    case .binary(let node): try node.check()
    case .unary(let node):
      try node.operand.check()
      if node.operand.type != .scalar, node.operand.type != .vector {
        throw QueryError(
          .syntax,
          "unary expression only allowed on expressions of type scalar or instant vector, "
            + "got \(quoted(node.operand.type.rawValue))", at: node.range)
      }
    case .parentheses(let node): try node.inner.check()
    }
  }

  fileprivate func expect(_ wanted: ValueType, in context: String) throws(QueryError) {
    if type != wanted {
      throw QueryError(
        .syntax, "expected type \(wanted.rawValue) in \(context), got \(type.rawValue)", at: range)
    }
  }
}

extension VectorSelector {
  fileprivate func check(mayBeEmpty: Bool = false) throws(QueryError) {
    if !mayBeEmpty, matchers.allSatisfy({ $0.matches("") }) {
      throw QueryError(
        .syntax,
        "vector selector must contain at least one non-empty matcher; write a metric's "
          + "name", at: range)
    }
  }
}

extension Call {
  fileprivate func check() throws(QueryError) {
    let signature = function.signature
    let countMin = signature.arguments.count - signature.optionalCount
    let countMax = signature.furtherCount.map { signature.arguments.count + $0 }
    let name = quoted(function.name)
    if countMin == countMax, arguments.count != countMin {
      throw QueryError(
        .syntax, "expected \(countMin) argument(s) in call to \(name), got \(arguments.count)",
        at: range)
    }
    if arguments.count < countMin {
      throw QueryError(
        .syntax,
        "expected at least \(countMin) argument(s) in call to \(name), "
          + "got \(arguments.count)", at: range)
    }
    if let countMax, arguments.count > countMax {
      throw QueryError(
        .syntax,
        "expected at most \(countMax) argument(s) in call to \(name), "
          + "got \(arguments.count)", at: range)
    }
    for (at, argument) in arguments.enumerated() {
      let type = signature.arguments[min(at, signature.arguments.count - 1)]
      try argument.expect(type, in: "call to function \(name)")
      if function == .info, at == 1 {
        guard case .selector(let selector) = argument.unwrapped, selector.name.isEmpty else {
          throw QueryError(
            .syntax, "expected label selectors only; write {label=\"value\"}", at: argument.range)
        }
        try selector.check(mayBeEmpty: true)
      } else {
        try argument.check()
      }
    }
  }
}

extension Aggregation {
  fileprivate func check() throws(QueryError) {
    try operand.expect(.vector, in: "aggregation expression")
    if let parameter, let type = operation.parameter {
      try parameter.expect(type, in: "aggregation parameter")
      try parameter.check()
    }
    try operand.check()
  }
}

extension BinaryOperation {
  fileprivate func check() throws(QueryError) {
    try left.check()
    try right.check()
    let whole = left.range.through(right.range)
    let name = quoted(operation.rawValue)
    func fail(_ message: String, at range: SourceRange) -> QueryError {
      QueryError(.syntax, message, at: range)
    }
    for side in [left, right] where side.type != .scalar && side.type != .vector {
      throw fail(
        "binary expression must contain only scalar and instant vector types, got "
          + side.type.rawValue, at: side.range)
    }
    if returnsBool, !operation.isComparison {
      throw fail("bool modifier can only be used on comparison operators", at: operatorRange)
    }
    let areVectors = left.type == .vector && right.type == .vector
    let areScalars = left.type == .scalar && right.type == .scalar
    if operation.isComparison, !returnsBool, areScalars {
      throw fail(
        "comparisons between scalars must use BOOL modifier; write "
          + "\(operation.rawValue) bool", at: operatorRange)
    }
    if areScalars, operation == .trimLower || operation == .trimUpper {
      throw fail("operator \(name) not allowed for Scalar operations", at: operatorRange)
    }
    if matching.isOn, let twice = matching.labels.first(where: matching.included.contains) {
      throw fail(
        "label \(quoted(twice)) must not occur in ON and GROUP clause at once", at: operatorRange)
    }
    let fills = matching.fillLeft != nil || matching.fillRight != nil
    if !areVectors {
      if !matching.labels.isEmpty {
        throw fail("vector matching only allowed between instant vectors", at: whole)
      }
      if fills {
        throw fail("filling in missing series only allowed between instant vectors", at: whole)
      }
    }
    if operation.isSetOperation {
      if !areVectors {
        throw fail("set operator \(name) not allowed in binary scalar expression", at: whole)
      }
      if matching.cardinality != .oneToOne {
        throw fail("no grouping allowed for \(name) operation", at: whole)
      }
      if fills { throw fail("filling in missing series not allowed for set operators", at: whole) }
    }
  }
}
