/// An expression of PromQL, with the place of each part in its text.
public indirect enum Expression: Sendable, Equatable {
  case number(NumberLiteral)
  case string(StringLiteral)
  case selector(VectorSelector)
  case range(RangeSelector)
  case subquery(Subquery)
  case call(Call)
  case aggregation(Aggregation)
  case binary(BinaryOperation)
  case unary(UnaryOperation)
  case parentheses(Parentheses)

  public var range: SourceRange {
    switch self {
    case .number(let node): node.range
    case .string(let node): node.range
    case .selector(let node): node.range
    case .range(let node): node.range
    case .subquery(let node): node.range
    case .call(let node): node.range
    case .aggregation(let node): node.range
    case .binary(let node): node.left.range.through(node.right.range)
    case .unary(let node): node.range
    case .parentheses(let node): node.range
    }
  }

  /// What an expression evaluates to.
  public var type: ValueType {
    switch self {
    case .number: .scalar
    case .string: .string
    case .selector, .aggregation: .vector
    case .range, .subquery: .rangeVector
    case .call(let node): node.function.result
    case .binary(let node):
      node.left.type == .scalar && node.right.type == .scalar ? .scalar : .vector
    case .unary(let node): node.operand.type
    case .parentheses(let node): node.inner.type
    }
  }

  /// Without parentheses around it.
  var unwrapped: Expression {
    if case .parentheses(let node) = self { return node.inner.unwrapped }
    return self
  }

  /// The expressions directly below.
  public var children: [Expression] {
    switch self {
    case .number, .string, .selector: []
    case .range(let node): [.selector(node.selector)]
    case .subquery(let node): [node.inner]
    case .call(let node): node.arguments
    case .aggregation(let node): (node.parameter.map { [$0] } ?? []) + [node.operand]
    case .binary(let node): [node.left, node.right]
    case .unary(let node): [node.operand]
    case .parentheses(let node): [node.inner]
    }
  }
}

/// The types of PromQL's expressions.
public enum ValueType: String, Sendable, CaseIterable {
  case scalar
  case string
  case vector = "instant vector"
  case rangeVector = "range vector"
}

public struct NumberLiteral: Sendable, Equatable {
  public var value: Double
  /// Written with units, such as 5m.
  public var isDuration: Bool
  public var range: SourceRange
}

public struct StringLiteral: Sendable, Equatable {
  /// As written, escapes resolved; not always well-formed UTF-8.
  public var bytes: [UInt8]
  public var range: SourceRange

  public var value: String { String(decoding: bytes, as: UTF8.self) }
  var isWellFormed: Bool { String(validating: bytes, as: UTF8.self) != nil }
}

/// A duration in brackets or after `offset`: a literal, or computed when the query starts.
public indirect enum DurationExpression: Sendable, Equatable {
  public enum Operation: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
  }

  case number(NumberLiteral)
  /// The step of the query, `step()`.
  case step
  /// From the query's first to its last time, `range()`.
  case queryRange
  case negated(DurationExpression)
  case least(DurationExpression, DurationExpression)
  case greatest(DurationExpression, DurationExpression)
  case binary(Operation, DurationExpression, DurationExpression)
  case parentheses(DurationExpression)
}

/// What `offset`, `@`, `anchored` and `smoothed` say about the time of a selector or subquery.
public struct TimeModifiers: Sendable, Equatable {
  /// What stands after `@`.
  public enum At: Sendable, Equatable {
    case none
    /// Milliseconds since the epoch.
    case time(Int64)
    case start
    case end
  }

  /// How the boundaries of a range are treated.
  public enum Boundaries: String, Sendable {
    /// Only what was sampled within the range.
    case sampled = ""
    /// With the last sample before the range.
    case anchored
    /// Interpolated at the boundaries.
    case smoothed
  }

  public var offset: DurationExpression?
  public var at = At.none
  public var boundaries = Boundaries.sampled

  public init() {}
}

public struct VectorSelector: Sendable, Equatable {
  /// The name in front of the braces; empty without one. It is also among the matchers.
  public var name: String
  public var matchers: [LabelMatcher]
  public var modifiers = TimeModifiers()
  public var range: SourceRange
}

public struct RangeSelector: Sendable, Equatable {
  public var selector: VectorSelector
  public var duration: DurationExpression
  public var range: SourceRange
}

public struct Subquery: Sendable, Equatable {
  public var inner: Expression
  public var duration: DurationExpression
  /// Without one, the default of the evaluation.
  public var step: DurationExpression?
  public var modifiers = TimeModifiers()
  public var range: SourceRange
}

public struct Call: Sendable, Equatable {
  public var function: Function
  public var arguments: [Expression]
  public var range: SourceRange
}

public struct Aggregation: Sendable, Equatable {
  public enum Operation: String, Sendable, CaseIterable {
    case avg, bottomk, count, group, max, min, quantile, stddev, stdvar, sum, topk
    case countValues = "count_values"
    case limitk
    case limitRatio = "limit_ratio"

    /// The type of the parameter in front of the vector; nil for those without one.
    var parameter: ValueType? {
      switch self {
      case .topk, .bottomk, .quantile, .limitk, .limitRatio: .scalar
      case .countValues: .string
      case .avg, .count, .group, .max, .min, .stddev, .stdvar, .sum: nil
      }
    }
  }

  public var operation: Operation
  public var parameter: Expression?
  public var operand: Expression
  /// The labels after `by` or `without`.
  public var grouping: [String]
  public var isWithout: Bool
  public var range: SourceRange
}

public struct Parentheses: Sendable, Equatable {
  public var inner: Expression
  public var range: SourceRange
}

public struct UnaryOperation: Sendable, Equatable {
  public var isNegation: Bool
  public var operand: Expression
  public var range: SourceRange
}
