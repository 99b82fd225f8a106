/// A word of a condition.
struct ConditionToken: Hashable {
  enum Kind: Hashable {
    case name(String)
    /// Symbols, and words that stand between two operands.
    case symbol(String)
    case integer(Int64)
    case number(Double)
    case text(String)
    case end
  }

  var kind: Kind
  var offset: Int

  /// As a message shows it.
  var wording: String {
    switch kind {
    case .name(let word), .symbol(let word): "`\(word)`"
    case .integer(let value): "`\(value)`"
    case .number(let value): "`\(value)`"
    case .text(let text): "the text `\(text)`"
    case .end: "the end"
    }
  }
}
