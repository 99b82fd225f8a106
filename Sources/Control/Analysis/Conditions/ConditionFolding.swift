/// Computes what literals decide, as expr-lang's optimizer does: `x and false` is false even where `x`
/// has no answer.
enum ConditionFolding {
  /// - Throws: where a remainder is taken of zero.
  static func folded(_ node: ConditionNode) throws(ConditionError) -> ConditionNode {
    var folded = node
    switch node.content {
    case .result, .element, .constant: break
    case .list(let nodes): folded.content = .list(try all(nodes))
    case .minus(let inner):
      let inner = try self.folded(inner)
      switch inner.content {
      case .constant(.integer(let value)): folded.content = .constant(.integer(0 &- value))
      case .constant(.number(let value)): folded.content = .constant(.number(-value))
      default: folded.content = .minus(inner)
      }
    case .plus(let inner): folded = try self.folded(inner)
    case .not(let inner):
      let inner = try self.folded(inner)
      folded.content = truth(inner).map { .constant(.boolean(!$0)) } ?? .not(inner)
    case .both(let left, let right):
      return try joined(node, left, right, decisive: false) { .both($0, $1) }
    case .either(let left, let right):
      return try joined(node, left, right, decisive: true) { .either($0, $1) }
    case .fallback(let left, let right):
      folded.content = .fallback(try self.folded(left), try self.folded(right))
    case .order(let orders, let operands): folded.content = .order(orders, try all(operands))
    case .equal(let left, let right):
      let (left, right) = (try self.folded(left), try self.folded(right))
      folded.content =
        equality(left, right).map { .constant(.boolean($0)) } ?? .equal(left, right)
    case .unequal(let left, let right):
      folded.content = .unequal(try self.folded(left), try self.folded(right))
    case .membership(let left, let right):
      folded.content = .membership(try self.folded(left), in: try self.folded(right))
    case .textual(let operation, let left, let right):
      folded.content = .textual(operation, try self.folded(left), try self.folded(right))
    case .arithmetic(let operation, let left, let right):
      let (left, right) = (try self.folded(left), try self.folded(right))
      if case .constant(let a) = left.content {
        if operation == .remainder, case .integer = a,
          case .constant(.integer(0)) = right.content
        {
          throw ConditionError("a remainder of zero", at: node.offset)
        }
        if let content = number(operation, a, right) {
          folded.content = content
          break
        }
      }
      folded.content = .arithmetic(operation, left, right)
    case .choice(let condition, let then, let otherwise):
      folded.content = .choice(
        try self.folded(condition), then: try optional(then), otherwise: try self.folded(otherwise))
    case .index(let base, let index):
      folded.content = .index(of: try self.folded(base), try self.folded(index))
    case .slice(let base, let from, let to):
      folded.content = .slice(
        of: try self.folded(base), from: try optional(from), to: try optional(to))
    case .call(let function, let arguments):
      folded.content = .call(function, try all(arguments))
    case .each(let iteration, let list, let predicate):
      folded.content = .each(iteration, try self.folded(list), try optional(predicate))
    }
    return folded
  }

  private static func all(_ nodes: [ConditionNode]) throws(ConditionError) -> [ConditionNode] {
    var result: [ConditionNode] = []
    for node in nodes { result.append(try folded(node)) }
    return result
  }

  private static func optional(_ node: ConditionNode?) throws(ConditionError) -> ConditionNode? {
    guard let node else { return nil }
    return try folded(node)
  }

  /// A literal on either side decides, or leaves the other.
  private static func joined(
    _ node: ConditionNode, _ left: ConditionNode, _ right: ConditionNode, decisive: Bool,
    _ content: (ConditionNode, ConditionNode) -> ConditionNode.Content
  ) throws(ConditionError) -> ConditionNode {
    let (left, right) = (try folded(left), try folded(right))
    var folded = node
    switch (truth(left), truth(right)) {
    case (!decisive, _): return right
    case (_, !decisive): return left
    case (decisive, _), (_, decisive): folded.content = .constant(.boolean(decisive))
    default: folded.content = content(left, right)
    }
    return folded
  }

  private static func truth(_ node: ConditionNode) -> Bool? {
    if case .constant(.boolean(let value)) = node.content { value } else { nil }
  }

  /// Of whole numbers, texts and truth values.
  private static func equality(_ left: ConditionNode, _ right: ConditionNode) -> Bool? {
    guard case .constant(let a) = left.content, case .constant(let b) = right.content else {
      return nil
    }
    switch (a, b) {
    case (.integer, .integer), (.text, .text), (.boolean, .boolean): return a.isEqual(to: b)
    default: return nil
    }
  }

  private static func number(
    _ operation: ConditionArithmetic, _ a: ConditionValue, _ right: ConditionNode
  ) -> ConditionNode.Content? {
    guard case .constant(let b) = right.content, let value = operation.value(a, b) else {
      return nil
    }
    return .constant(value)
  }
}
