/// What is known of a value before it is computed, as expr-lang's checker knows it.
indirect enum ConditionType: Hashable, Sendable {
  case unknown
  case absent
  case boolean
  case integer
  case number
  case text
  /// Plain: the list of numbers that Prometheus answered, which is of another Go type than those
  /// that a condition makes.
  case list(of: ConditionType, isPlain: Bool = false)

  var isNumeric: Bool { self == .integer || self == .number }

  var isList: Bool {
    if case .list = self { true } else { false }
  }

  /// What it is called in messages.
  var kind: String {
    switch self {
    case .unknown: "something"
    case .absent: "nil"
    case .boolean: "a truth value"
    case .integer, .number: "a number"
    case .text: "a text"
    case .list: "a list"
    }
  }

  /// Of an element that an index or a loop takes out.
  var element: ConditionType {
    if case .list(let element, _) = self { element } else { .unknown }
  }

  /// Whether `==` takes the two.
  func isComparable(with other: ConditionType) -> Bool {
    self == .unknown || other == .unknown || self == .absent || other == .absent
      || isNumeric && other.isNumeric || isList && other.isList || self == other
  }

  /// Whether Go would store a value of this type in a variable of the other.
  func isAssignable(to other: ConditionType) -> Bool {
    switch (self, other) {
    case (.list(_, let plain), .list(_, let otherPlain)): plain == otherPlain
    case (.unknown, _), (_, .unknown), (.absent, _): false
    default: self == other
    }
  }

  /// Whether an operator for some types takes the two, one of which may turn out to be one of them.
  func mayFit(_ other: ConditionType, _ types: (ConditionType) -> Bool) -> Bool {
    self == .unknown && (other == .unknown || types(other)) || other == .unknown && types(self)
  }

  /// Of `a ? b : c`.
  func joined(with other: ConditionType) -> ConditionType {
    if self == .absent { return other }
    if other == .absent { return self }
    guard isAssignable(to: other) else { return .unknown }
    if isList {
      let (a, b) = (element, other.element)
      if !a.isAssignable(to: b) || !b.isAssignable(to: a) { return .list(of: .unknown) }
    }
    return self
  }

  /// Whether two elements of a list are alike for the checker, which looks no deeper.
  func isAlike(_ other: ConditionType) -> Bool { isList && other.isList || self == other }
}
