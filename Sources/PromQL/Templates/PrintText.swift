/// Go's `fmt`: Sprint, Sprintln and Sprintf, for the types that templates have.
enum PrintText {
  /// A space stands between two that are no strings.
  static func print(_ values: [TemplateValue]) -> String {
    var result = ""
    var wasText = true
    for (index, value) in values.enumerated() {
      var isText = false
      if case .string = value { isText = true }
      if index > 0, !isText, !wasText { result += " " }
      result += shown(value)
      wasText = isText
    }
    return result
  }

  static func println(_ values: [TemplateValue]) -> String {
    values.map(shown).joined(separator: " ") + "\n"
  }

  static func printf(_ format: String, _ values: [TemplateValue]) -> String {
    var result = ""
    var rest = format.unicodeScalars[...]
    var used = 0
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      var directive = Directive()
      directive.readFlags(&rest)
      func star() -> Int? {
        guard used < values.count, case .integer(let size) = values[used] else { return nil }
        used += 1
        return Int(exactly: size).map { min($0, 10_000) }
      }
      directive.width = rest.first == "*" ? star() : number(&rest)
      if rest.first == "*" { rest.removeFirst() }
      if rest.first == "." {
        rest.removeFirst()
        directive.precision = rest.first == "*" ? star() : number(&rest) ?? 0
        if rest.first == "*" { rest.removeFirst() }
      }
      guard let verb = rest.popFirst() else {
        result += "%!(NOVERB)"
        break
      }
      if verb == "%" {
        result += "%"
      } else if used < values.count {
        result += directive.text(verb, values[used])
        used += 1
      } else {
        result += "%!\(verb)(MISSING)"
      }
    }
    if used < values.count {
      let extra = values[used...].map { "\($0.typeName)=\(shown($0))" }
      result += "%!(EXTRA " + extra.joined(separator: ", ") + ")"
    }
    return result
  }

  /// `<nil>` is what fmt makes of nothing, `<no value>` what a template does.
  fileprivate static func shown(_ value: TemplateValue) -> String {
    if case .absent = value { return "<nil>" }
    return value.text
  }

  /// A width or precision, bounded as Go bounds it.
  private static func number(_ rest: inout Substring.UnicodeScalarView) -> Int? {
    var value: Int?
    while let digit = rest.first, digit.value >= 0x30, digit.value <= 0x39 {
      value = min((value ?? 0) * 10 + Int(digit.value - 0x30), 10_000)
      rest.removeFirst()
    }
    return value
  }
}

/// What stands between `%` and the verb, and how values are written by it.
private struct Directive {
  var isLeft = false
  var hasPlus = false
  var hasSpace = false
  var isAlternate = false
  var hasZeros = false
  var width: Int?
  var precision: Int?

  mutating func readFlags(_ rest: inout Substring.UnicodeScalarView) {
    while let flag = rest.first {
      switch flag {
      case "-": isLeft = true
      case "+": hasPlus = true
      case " ": hasSpace = true
      case "#": isAlternate = true
      case "0": hasZeros = true
      default: return
      }
      rest.removeFirst()
    }
  }

  func text(_ verb: Unicode.Scalar, _ value: TemplateValue) -> String {
    switch (verb, value) {
    case ("T", _): return padded(value.typeName)
    case ("v", .absent): return padded("<nil>")
    case ("v", .number(let number)): return number_("g", number)
    case ("e", .number(let number)), ("E", .number(let number)), ("f", .number(let number)),
      ("F", .number(let number)), ("g", .number(let number)), ("G", .number(let number)):
      return number_(verb, number)
    case ("v", .integer(let integer)), ("d", .integer(let integer)),
      ("d", .duration(let integer)):
      return integer_(integer, radix: 10)
    case ("x", .integer(let integer)), ("x", .duration(let integer)):
      return integer_(integer, radix: 16, prefix: "0x")
    case ("X", .integer(let integer)):
      return integer_(integer, radix: 16, prefix: "0X", isUppercase: true)
    case ("o", .integer(let integer)): return integer_(integer, radix: 8, prefix: "0")
    case ("b", .integer(let integer)): return integer_(integer, radix: 2, prefix: "0b")
    case ("c", .integer(let integer)):
      return padded(String(Character(Unicode.Scalar(UInt32(clamping: integer)) ?? "\u{FFFD}")))
    case ("q", .string(let text)):
      return padded(isAlternate && !text.contains("`") ? "`\(text)`" : quoted(cut(text)))
    case ("x", .string(let text)): return padded(hexadecimal(text, isUppercase: false))
    case ("X", .string(let text)): return padded(hexadecimal(text, isUppercase: true))
    case ("s", .string(let text)), ("v", .string(let text)): return padded(cut(text))
    case ("t", .boolean(let value)): return padded(String(value))
    case ("v", _), ("s", .duration), ("s", .time): return padded(value.text)
    default: return "%!\(verb)(\(nameAndValue(value)))"
    }
  }

  private func nameAndValue(_ value: TemplateValue) -> String {
    if case .absent = value { return "<nil>" }
    return "\(value.typeName)=\(value.text)"
  }

  private func cut(_ text: String) -> String {
    guard let precision else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(precision)))
  }

  private func hexadecimal(_ text: String, isUppercase: Bool) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: isUppercase)
      return digits.utf8.count < 2 ? "0" + digits : digits
    }.joined(separator: hasSpace ? " " : "")
  }

  private func number_(_ verb: Unicode.Scalar, _ value: Double) -> String {
    let style: FloatText.Style =
      switch verb {
      case "e", "E": .exponent
      case "f", "F": .plain
      default: .general
      }
    var text = FloatText.text(value, style, precision: precision ?? (style == .general ? nil : 6))
    if value.isFinite, verb == "E" || verb == "G" { text = text.uppercased() }
    if !value.isFinite {
      if value == .infinity, hasSpace, !hasPlus { text = " Inf" }
      if value.isNaN, hasPlus || hasSpace { text = (hasPlus ? "+" : " ") + text }
      return padded(text)
    }
    return signed(text)
  }

  private func integer_(
    _ value: Int64, radix: Int, prefix: String = "", isUppercase: Bool = false
  ) -> String {
    var digits = String(value.magnitude, radix: radix, uppercase: isUppercase)
    if let precision {
      digits = String(repeating: "0", count: max(0, precision - digits.utf8.count)) + digits
    }
    let sign = value < 0 ? "-" : ""
    let text = sign + (isAlternate ? prefix : "") + digits
    return precision == nil ? signed(text) : padded((value >= 0 && hasPlus ? "+" : "") + text)
  }

  /// With the sign that was asked for, and zeros between sign and digits.
  private func signed(_ text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let sign = isNegative ? "-" : hasPlus ? "+" : hasSpace ? " " : ""
    let digits = isNegative ? String(text.dropFirst()) : text
    guard hasZeros, !isLeft, let width else { return padded(sign + digits) }
    let zeros = max(0, width - sign.utf8.count - digits.utf8.count)
    return sign + String(repeating: "0", count: zeros) + digits
  }

  private func padded(_ text: String) -> String {
    let missing = max(0, (width ?? 0) - text.unicodeScalars.count)
    let spaces = String(repeating: " ", count: missing)
    return isLeft ? text + spaces : spaces + text
  }
}
