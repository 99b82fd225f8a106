/// A condition on one label of a series.
public struct LabelMatcher: Sendable {
  public enum Operation: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case matchesNot = "!~"
  }

  public var name: String { content.name }
  public var operation: Operation { content.operation }
  /// The value, or the source of the regular expression.
  public var value: String { content.value }
  /// Behind one reference, as conditions are handed on more often than they are made.
  private let content: Content

  private final class Content: Sendable {
    let name: String
    let operation: Operation
    let value: String
    let pattern: LabelPattern?
    /// The name and the value in UTF-8.
    let (key, text): ([UInt8], [UInt8])

    init(_ name: String, _ operation: Operation, _ value: String, _ pattern: LabelPattern?) {
      (self.name, self.operation, self.value, self.pattern) = (name, operation, value, pattern)
      (key, text) = (Array(name.utf8), Array(value.utf8))
    }

    func matches(_ text: String) -> Bool {
      switch operation {
      case .equal: text.utf8.elementsEqual(self.text)
      case .notEqual: !text.utf8.elementsEqual(self.text)
      case .matches: pattern?.matches(text) ?? false
      case .matchesNot: !(pattern?.matches(text) ?? true)
      }
    }

    func matches(_ labels: Labels) -> Bool {
      switch operation {
      case .equal: return labels.has(text, under: key)
      case .notEqual: return !labels.has(text, under: key)
      case .matches, .matchesNot:
        let key = key
        return matches(labels.text(labels.value(of: key.span)))
      }
    }
  }

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
    content = Content(name, operation, value, pattern)
  }

  /// Whether a label's value fulfils the condition; a missing label has the empty value.
  public func matches(_ text: String) -> Bool { content.matches(text) }

  /// Whether a series fulfils the condition.
  @inline(__always)
  public func matches(_ labels: Labels) -> Bool { content.matches(labels) }
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
    a.content.key == b.content.key && a.operation == b.operation
      && a.content.text == b.content.text
  }
}

extension LabelMatcher: CustomStringConvertible {
  public var description: String {
    "\(quotedUnlessLabelName(name))\(operation.rawValue)\(quoted(value))"
  }
}
