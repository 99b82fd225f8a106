extension PatternParser {
  /// What a backslash starts outside of brackets; `\Q` may start several nodes or none.
  mutating func escaped() throws(PatternError) -> [PatternNode] {
    guard position + 1 < scalars.count else {
      throw failure("trailing backslash at end of expression: ``", at: position)
    }
    let letter = scalars[position + 1]
    switch letter {
    case "A": return [assertion(.textStart)]
    case "z": return [assertion(.textEnd)]
    case "b": return [assertion(.wordBoundary)]
    case "B": return [assertion(.noWordBoundary)]
    case "Q": return quoted()
    default: break
    }
    if let set = try escapedClass() { return [.set(set)] }
    return [literal(try escapedScalar())]
  }

  private mutating func assertion(_ assertion: Assertion) -> PatternNode {
    position += 2
    return .assertion(assertion)
  }

  /// Everything up to `\E` or the end stands for itself.
  private mutating func quoted() -> [PatternNode] {
    position += 2
    var nodes: [PatternNode] = []
    while !isAtEnd, !take("\\E") {
      nodes.append(literal(scalars[position]))
      position += 1
    }
    return nodes
  }

  /// `\d`, `\pL` and the like.
  mutating func escapedClass() throws(PatternError) -> ScalarSet? {
    guard position + 1 < scalars.count else { return nil }
    let letter = scalars[position + 1]
    if letter == "p" || letter == "P" { return try unicodeClass() }
    guard let set = ScalarSet.perl(letter) else { return nil }
    position += 2
    guard flags.ignoresCase else { return set }
    // A class that leaves out is folded before it leaves out.
    let isInverted = letter.value < 0x60
    return isInverted ? set.inverted.foldingCase.inverted : set.foldingCase
  }

  private mutating func unicodeClass() throws(PatternError) -> ScalarSet {
    let start = position
    var isInverted = scalars[position + 1] == "P"
    position += 2
    var name: String
    if take("{") {
      let begin = position
      while let scalar = peek, scalar != "}" { position += 1 }
      name = text(begin, position)
      guard take("}") else {
        throw failure("invalid character class range: `\(text(start, position))`", at: start)
      }
    } else {
      name = peek.map { String($0) } ?? ""
      if !isAtEnd { position += 1 }
    }
    if name.hasPrefix("^") {
      isInverted.toggle()
      name.removeFirst()
    }
    guard let set = ScalarSet.unicode(name) else {
      throw failure("invalid character class range: `\(text(start, position))`", at: start)
    }
    let all = folded(set)
    return isInverted ? all.inverted : all
  }

  /// One scalar behind a backslash.
  mutating func escapedScalar() throws(PatternError) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = peek else {
      throw failure("trailing backslash at end of expression: ``", at: start)
    }
    position += 1
    switch letter {
    case "a": return "\u{07}"
    case "f": return "\u{0C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{0B}"
    case "0", "1", "2", "3", "4", "5", "6", "7":
      // A single digit other than 0 would be a reference back to a group, which there is not.
      let isOctal = letter == "0" || peek.map { $0 >= "0" && $0 <= "7" } == true
      if isOctal {
        position -= 1
        if let scalar = digits(radix: 8, atMost: 3) { return scalar }
      }
    case "x":
      if take("{") {
        if let scalar = digits(radix: 16, atMost: 8), take("}") { return scalar }
      } else if let scalar = digits(radix: 16, exactly: 2) {
        return scalar
      }
    default:
      let isLetterOrDigit = ScalarSet.word.contains(letter.value) && letter != "_"
      if letter.isASCII, !isLetterOrDigit { return letter }
    }
    throw failure("invalid escape sequence: `\(text(start, position))`", at: start)
  }

  private mutating func digits(radix: Int, exactly count: Int) -> Unicode.Scalar? {
    let start = position
    let scalar = digits(radix: radix, atMost: count)
    return position == start + count ? scalar : nil
  }

  private mutating func digits(radix: Int, atMost count: Int) -> Unicode.Scalar? {
    let start = position
    var value: UInt32 = 0
    while position < start + count, let digit = peek.flatMap({ Character($0).hexDigitValue }),
      digit < radix
    {
      value = value * UInt32(radix) + UInt32(digit)
      position += 1
    }
    return position == start ? nil : Unicode.Scalar(value)
  }
}
