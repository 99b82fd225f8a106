extension PatternParser {
  /// A class such as `[^a-z\d[:space:]]`.
  mutating func bracket() throws(PatternError) -> ScalarSet {
    let start = position
    position += 1
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while isFirst || peek != "]" {
      guard !isAtEnd else {
        throw failure("missing closing ]: `\(text(start, scalars.count))`", at: start)
      }
      isFirst = false
      if let set = try namedClass(start: start) {
        ranges += set.ranges
      } else if peek == "\\", let set = try escapedClass() {
        ranges += set.ranges
      } else {
        ranges += folded(ScalarSet([try range(start: start)])).ranges
      }
    }
    position += 1
    let set = ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  /// `[:alpha:]` inside of brackets; nil where none stands.
  private mutating func namedClass(start: Int) throws(PatternError) -> ScalarSet? {
    guard scalars[position...].starts(with: "[:".unicodeScalars) else { return nil }
    var end = position + 2
    while end + 1 < scalars.count, scalars[end] != ":" || scalars[end + 1] != "]" { end += 1 }
    guard end + 1 < scalars.count else { return nil }
    let begin = position
    var name = text(begin + 2, end)
    position = end + 2
    let isInverted = name.hasPrefix("^")
    if isInverted { name.removeFirst() }
    guard let set = ScalarSet.posix(name) else {
      throw failure("invalid character class range: `\(text(begin, position))`", at: begin)
    }
    return isInverted ? folded(set).inverted : folded(set)
  }

  private mutating func range(start: Int) throws(PatternError) -> ClosedRange<UInt32> {
    let begin = position
    let low = try bracketScalar(start: start)
    // A hyphen before the closing bracket stands for itself.
    guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
      return low.value...low.value
    }
    position += 1
    let high = try bracketScalar(start: start)
    guard low <= high else {
      throw failure("invalid character class range: `\(text(begin, position))`", at: begin)
    }
    return low.value...high.value
  }

  private mutating func bracketScalar(start: Int) throws(PatternError) -> Unicode.Scalar {
    guard let scalar = peek else {
      throw failure("missing closing ]: `\(text(start, scalars.count))`", at: start)
    }
    if scalar == "\\" { return try escapedScalar() }
    position += 1
    return scalar
  }
}
