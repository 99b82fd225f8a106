/// Plain data as YAML text in block style, such as a patch that is suggested.
///
/// Quotes are as few as are safe: what stands without is a string to every reader, be it one of
/// YAML 1.1, of 1.2, or Kubernetes' own.
public enum YAMLText {
  /// One document, with a line break at its end.
  public static func write(_ value: DocumentValue) -> String {
    var writer = Writer()
    switch value {
    case .object(let fields) where !fields.isEmpty: writer.fields(fields, indent: 0, isInline: true)
    case .list(let elements) where !elements.isEmpty:
      writer.list(elements, indent: 0, isInline: true)
    default: writer.scalar(value, indent: 0)
    }
    return writer.text
  }

  private struct Writer {
    var text = ""

    /// - Parameter isInline: the first line has begun already.
    mutating func fields(_ fields: [DocumentValue.Field], indent: Int, isInline: Bool) {
      for (index, field) in fields.enumerated() {
        if index > 0 || !isInline { text += String(repeating: " ", count: indent) }
        let key = YAMLText.scalar(field.key)
        // A key on one line is at most 1,024 characters long.
        if key.utf8.count > 1000 {
          text += "? \(key)\n" + String(repeating: " ", count: indent) + ":"
        } else {
          text += "\(key):"
        }
        switch field.value {
        case .object(let inner) where !inner.isEmpty:
          text += "\n"
          self.fields(inner, indent: indent + 2, isInline: false)
        case .list(let inner) where !inner.isEmpty:
          text += "\n"
          list(inner, indent: indent, isInline: false)
        default:
          text += " "
          scalar(field.value, indent: indent + 2)
        }
      }
    }

    mutating func list(_ elements: [DocumentValue], indent: Int, isInline: Bool) {
      for (index, element) in elements.enumerated() {
        if index > 0 || !isInline { text += String(repeating: " ", count: indent) }
        text += "- "
        switch element {
        case .object(let inner) where !inner.isEmpty:
          fields(inner, indent: indent + 2, isInline: true)
        case .list(let inner) where !inner.isEmpty:
          list(inner, indent: indent + 2, isInline: true)
        default: scalar(element, indent: indent + 2)
        }
      }
    }

    /// The rest of a line, and the lines of a block below it.
    mutating func scalar(_ value: DocumentValue, indent: Int) {
      switch value {
      case .null: text += "null"
      case .bool(let value): text += value ? "true" : "false"
      case .integer(let value): text += String(value)
      case .number(let written): text += YAMLText.isNumber(written) ? written : quoted(written)
      case .list: text += "[]"
      case .object: text += "{}"
      case .string(let string):
        guard let lines = YAMLText.block(string) else {
          text += YAMLText.scalar(string)
          break
        }
        text += string.hasSuffix("\n") ? "|" : "|-"
        for line in lines {
          text += "\n"
          if !line.isEmpty { text += String(repeating: " ", count: max(2, indent)) + line }
        }
      }
      text += "\n"
    }
  }

  /// The lines of a text that can stand as a block just as they are; nil: it is to be quoted.
  private static func block(_ string: String) -> [Substring]? {
    let scalars = string.unicodeScalars
    guard scalars.contains("\n"), scalars.allSatisfy({ $0 == "\n" || isPlainlyPrinted($0) }) else {
      return nil
    }
    var lines = string.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Substring($0) }
    if string.unicodeScalars.last == "\n" { lines.removeLast() }
    // At its beginning a space or an empty line would be taken for the indentation, at the end an
    // empty line for none.
    guard let first = lines.first, !first.isEmpty, !first.hasPrefix(" "), lines.last != "",
      lines.allSatisfy({ $0.isEmpty || $0.contains { $0 != " " } })
    else { return nil }
    return lines
  }

  /// A string on one line, quoted where it would be read as something else.
  static func scalar(_ string: String) -> String { isPlain(string) ? string : quoted(string) }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where isPlainlyPrinted(scalar): text.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let (mark, digits) =
          scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        text += "\\\(mark)" + String(repeating: "0", count: digits - hex.count) + hex
      }
    }
    return text + "\""
  }

  /// Neither control character nor one that some reader breaks lines at or leaves out.
  private static func isPlainlyPrinted(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: scalar.value < 0x10000
    }
  }

  /// Whether the text without quotes is a string to every reader.
  private static func isPlain(_ string: String) -> Bool {
    guard let first = string.unicodeScalars.first, let last = string.unicodeScalars.last,
      isLetter(first) || isDigit(first) || first == "/", last != ":", last != " ",
      string.unicodeScalars.allSatisfy({ isLetter($0) || isDigit($0) || marks.contains($0) }),
      !string.contains(": "), !words.contains(string.lowercased())
    else { return false }
    // Numbers, dates and times of all readers have digits and these letters only.
    return !isDigit(first)
      || string.unicodeScalars.contains { scalar in
        scalar == "%"
          || (isLetter(scalar) && !"abcdefotxzABCDEFOTXZ".unicodeScalars.contains(scalar))
      }
  }

  /// Marks that a string without quotes may hold: none begins a comment or a collection in a block.
  private static let marks = Set(" _-./:@+=%,()".unicodeScalars)

  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether a number can stand as it was written.
  private static func isNumber(_ written: String) -> Bool {
    let special = [".inf", ".nan", "+.inf", "-.inf"].contains(written.lowercased())
    return special
      || (written.unicodeScalars.contains(where: isDigit)
        && written.unicodeScalars.allSatisfy {
          isDigit($0) || isLetter($0) || "+-._".unicodeScalars.contains($0)
        })
  }
}
