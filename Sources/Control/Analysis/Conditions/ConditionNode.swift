/// A part of a condition, with the byte that it is reported at.
struct ConditionNode: Sendable {
  indirect enum Content: Sendable {
    /// `result`
    case result
    /// `#`: the element that a predicate is asked of.
    case element
    case constant(ConditionValue)
    case list([ConditionNode])
    case minus(ConditionNode)
    case plus(ConditionNode)
    case not(ConditionNode)
    case both(ConditionNode, ConditionNode)
    case either(ConditionNode, ConditionNode)
    /// `??`
    case fallback(ConditionNode, ConditionNode)
    /// `a < b <= c`: each operand with the next one.
    case order([ConditionOrder], [ConditionNode])
    case equal(ConditionNode, ConditionNode)
    case unequal(ConditionNode, ConditionNode)
    case membership(ConditionNode, in: ConditionNode)
    case textual(ConditionTextual, ConditionNode, ConditionNode)
    case arithmetic(ConditionArithmetic, ConditionNode, ConditionNode)
    /// nil: the condition's own value (`a ?: b`).
    case choice(ConditionNode, then: ConditionNode?, otherwise: ConditionNode)
    case index(of: ConditionNode, ConditionNode)
    case slice(of: ConditionNode, from: ConditionNode?, to: ConditionNode?)
    case call(ConditionFunction, [ConditionNode])
    /// A function of a list that asks a predicate of each element; nil: the element itself.
    case each(ConditionIteration, ConditionNode, ConditionNode?)
  }

  var content: Content
  var offset: Int
  /// How many parts stand inside each other.
  var depth: Int
}

enum ConditionOrder: String, Sendable {
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
}

enum ConditionTextual: String, Sendable {
  case contains, startsWith, endsWith, matches
}
