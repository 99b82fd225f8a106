/// A piece of a query's text.
struct Token: Hashable {
  enum Kind: Hashable {
    case identifier
    case number
    case duration
    case string
    /// Punctuation and operators that are no words.
    case symbol
    case end
  }

  var kind: Kind
  var range: SourceRange
  /// As written, except for strings, which are read when they are used.
  var text: String
  /// Lower case, for words with a meaning.
  var word: String { kind == .identifier ? text.lowercased() : "" }

  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

  /// How an error names it.
  var shown: String {
    switch kind {
    case .end: "end of input"
    case .string: "string \(text)"
    case .number: "number \"\(text)\""
    case .duration: "duration \"\(text)\""
    case .identifier: "\"\(text)\""
    case .symbol: "\"\(text)\""
    }
  }
}
