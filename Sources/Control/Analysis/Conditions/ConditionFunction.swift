/// Functions of values.
enum ConditionFunction: String, Sendable {
  case len, abs, ceil, floor, round, int, float, string, first, last, min, max, mean
  // Those that Argo Rollouts adds.
  case asInt, asFloat, isNaN, isInf, isNil, `default`

  /// How many arguments it takes.
  var count: ClosedRange<Int> {
    switch self {
    case .min, .max, .mean: 1...Int.max
    case .default: 2...2
    case .len, .abs, .ceil, .floor, .round, .int, .float, .string, .first, .last, .asInt, .asFloat,
      .isNaN, .isInf, .isNil:
      1...1
    }
  }
}

/// Functions that ask a predicate of each element of a list.
enum ConditionIteration: String, Sendable {
  case all, any, one, none, filter, map, count, sum

  var needsPredicate: Bool { self != .count && self != .sum }
}

extension ConditionFunction {
  /// Those of the language that are not supported here.
  static let unsupported: Set<String> = [
    "bitand", "bitnand", "bitnot", "bitor", "bitshl", "bitshr", "bitushr", "bitxor", "concat",
    "date", "duration", "find", "findIndex", "findLast", "findLastIndex", "flatten", "fromBase64",
    "fromJSON", "fromPairs", "get", "groupBy", "hasPrefix", "hasSuffix", "indexOf", "join", "keys",
    "lastIndexOf", "lower", "median", "now", "reduce", "repeat", "replace", "reverse", "sort",
    "sortBy", "split", "splitAfter", "take", "timezone", "toBase64", "toJSON", "toPairs", "trim",
    "trimPrefix", "trimSuffix", "type", "uniq", "upper", "values",
  ]
}
