public import ClusterAPI

extension DocumentValue {
  /// The tree as JSON (RFC 8259), keys in their order, indented by two spaces.
  ///
  /// A number stands as it was written; one that JSON has no form for (`.inf`, `0x1F`) as a string.
  public var json: String {
    var text = ""
    write(into: &text, indentation: "")
    return text
  }

  private func write(into text: inout String, indentation: String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let written): written.isJSONNumber ? text += written : text.appendQuoted(written)
    case .string(let string): text.appendQuoted(string)
    case .list(let elements):
      guard !elements.isEmpty else { return text += "[]" }
      let inner = indentation + "  "
      for (index, element) in elements.enumerated() {
        text += (index == 0 ? "[\n" : ",\n") + inner
        element.write(into: &text, indentation: inner)
      }
      text += "\n\(indentation)]"
    case .object(let fields):
      guard !fields.isEmpty else { return text += "{}" }
      let inner = indentation + "  "
      for (index, field) in fields.enumerated() {
        text += (index == 0 ? "{\n" : ",\n") + inner
        text.appendQuoted(field.key)
        text += ": "
        field.value.write(into: &text, indentation: inner)
      }
      text += "\n\(indentation)}"
    }
  }
}

extension String {
  fileprivate mutating func appendQuoted(_ string: String) {
    append("\"")
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\r": append("\\r")
      case "\t": append("\\t")
      case "\0"..<" ":
        let hex = String(scalar.value, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
      default: unicodeScalars.append(scalar)
      }
    }
    append("\"")
  }

  /// Whether the grammar of RFC 8259, section 6, has this number.
  fileprivate var isJSONNumber: Bool {
    var rest = utf8[...]
    func digits() -> Int {
      let run = rest.prefix { (0x30...0x39).contains($0) }
      rest = rest.dropFirst(run.count)
      return run.count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !startsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
