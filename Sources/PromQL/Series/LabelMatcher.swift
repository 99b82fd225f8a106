/// A condition on one label of a series.
public struct LabelMatcher: Sendable {
  public enum Operation: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case matchesNot = "!~"
  }

  public let name: String
  public let operation: Operation
  /// The value, or the source of the regular expression.
  public let value: String
  private let pattern: LabelPattern?
  /// The name and the value in UTF-8.
  private let (key, text): ([UInt8], [UInt8])

  /// A condition as it is written, the name as it stands.
  public static func text(_ name: String, _ operation: Operation, _ value: String) -> String {
    name + operation.rawValue + quoted(value)
  }

  /// - Throws: `PatternError` when the value is no regular expression of RE2.
  public init(
    _ name: String, _ operation: Operation, _ value: String
  ) throws(PatternError) {
    let isPattern = operation == .matches || operation == .matchesNot
    self.init(name, operation, value, isPattern ? try LabelPattern(value) : nil)
  }

  /// The label has exactly this value.
  public init(_ name: String, equals value: String) {
    self.init(name, .equal, value, nil)
  }

  private init(
    _ name: String, _ operation: Operation, _ value: String, _ pattern: LabelPattern?
  ) {
    (self.name, self.operation, self.value, self.pattern) = (name, operation, value, pattern)
    (key, text) = (Array(name.utf8), Array(value.utf8))
  }

  /// Whether a label's value fulfils the condition; a missing label has the empty value.
  public func matches(_ text: String) -> Bool {
    switch operation {
    case .equal: text.utf8.elementsEqual(self.text)
    case .notEqual: !text.utf8.elementsEqual(self.text)
    case .matches: pattern?.matches(text) ?? false
    case .matchesNot: !(pattern?.matches(text) ?? true)
    }
  }

  /// Whether a series fulfils the condition.
  @inline(__always)
  public func matches(_ labels: Labels) -> Bool {
    switch operation {
    case .equal: labels.has(text, under: key)
    case .notEqual: !labels.has(text, under: key)
    case .matches, .matchesNot: matches(labels.text(labels.value(of: key.span)))
    }
  }
}

extension Labels {
  /// Whether they fulfil all of some conditions.
  public func fulfil(_ matchers: [LabelMatcher]) -> Bool {
    // A span lends its elements; an array gives a copy of each.
    let matchers = matchers.span
    for at in matchers.indices where !matchers[at].matches(self) { return false }
    return true
  }
}

extension LabelMatcher: Equatable {
  public static func == (a: LabelMatcher, b: LabelMatcher) -> Bool {
    a.key == b.key && a.operation == b.operation && a.text == b.text
  }
}

extension LabelMatcher: CustomStringConvertible {
  public var description: String {
    "\(quotedUnlessLabelName(name))\(operation.rawValue)\(quoted(value))"
  }
}
