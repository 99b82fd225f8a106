/// Why a query has no answer.
public struct QueryError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The text is no expression, or an expression of the wrong type.
    case syntax
    /// The data do not allow it: duplicate label sets, many-to-many matches, bad parameters.
    case evaluation
    /// Prometheus would answer: the data hold native histograms.
    case unsupported
  }

  public var kind: Kind
  /// What is wrong, in the words of Prometheus where it has an error for it, and what to write
  /// instead.
  public var message: String
  /// Where in the text; Prometheus' evaluation errors have no place.
  public var range: SourceRange?

  public init(_ kind: Kind, _ message: String, at range: SourceRange? = nil) {
    self.kind = kind
    self.message = message
    self.range = range
  }

  /// The message with line and column.
  public func description(in text: String) -> String {
    guard let range else { return message }
    let (line, column) = range.position(in: text)
    return "\(line):\(column): \(message)"
  }
}

extension QueryError: CustomStringConvertible {
  public var description: String { (range.map { "byte \($0.start): " } ?? "") + message }
}
