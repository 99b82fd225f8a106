/// A condition on one label of a series.
public struct LabelMatcher: Sendable {
  public enum Operation: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case matchesNot = "!~"
  }

  public var name: String
  public var operation: Operation
  /// The value, or the source of the regular expression.
  public var value: String
  private var pattern: LabelPattern?

  /// A condition as it is written, the name as it stands.
  public static func text(_ name: String, _ operation: Operation, _ value: String) -> String {
    name + operation.rawValue + quoted(value)
  }

  /// - Throws: `PatternError` when the value is no regular expression of RE2.
  public init(
    _ name: String, _ operation: Operation, _ value: String
  ) throws(PatternError) {
    self.name = name
    self.operation = operation
    self.value = value
    if operation == .matches || operation == .matchesNot {
      pattern = try LabelPattern(value)
    }
  }

  /// The label has exactly this value.
  public init(_ name: String, equals value: String) {
    self.name = name
    operation = .equal
    self.value = value
  }

  /// Whether a label's value fulfils the condition; a missing label has the empty value.
  public func matches(_ text: String) -> Bool {
    switch operation {
    case .equal: text == value
    case .notEqual: text != value
    case .matches: pattern?.matches(text) ?? false
    case .matchesNot: !(pattern?.matches(text) ?? true)
    }
  }

  /// Whether a series fulfils the condition.
  public func matches(_ labels: Labels) -> Bool { matches(labels[name]) }
}

extension LabelMatcher: Equatable {
  public static func == (a: LabelMatcher, b: LabelMatcher) -> Bool {
    a.name == b.name && a.operation == b.operation && a.value == b.value
  }
}

extension LabelMatcher: CustomStringConvertible {
  public var description: String {
    "\(quotedUnlessLabelName(name))\(operation.rawValue)\(quoted(value))"
  }
}
