import Units

/// A JSON document (RFC 8259) whose keys stay in the order they were given in.
enum JSONValue: Sendable {
  case object([(key: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  /// Written as it stands.
  case number(String)
  case null

  /// Without the fields that are null.
  static func object(present fields: [(key: String, value: JSONValue)]) -> JSONValue {
    .object(
      fields.filter {
        if case .null = $0.value { false } else { true }
      })
  }

  static func integer(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

  /// Seconds with up to nine digits after the point.
  static func seconds(_ span: Span?) -> JSONValue {
    guard let span else { return .null }
    return .number(Words.trimmed(Words.decimal(span.ns, unit: 1_000_000_000, digits: 9)))
  }

  /// The shortest digits that give the same value; null where it is no number.
  static func real(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number("\(value)")
  }

  static func bool(_ value: Bool) -> JSONValue { .number(value ? "true" : "false") }

  static func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }

  static func string(orNull text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// Indented by two spaces, with a line break at the end.
  var text: String {
    var result = ""
    write(into: &result, indent: "")
    return result + "\n"
  }

  /// On one line.
  var compact: String {
    switch self {
    case .array(let values): "[" + values.map(\.compact).joined(separator: ",") + "]"
    case .object(let fields):
      "{"
        + fields.map { JSONValue.string($0.key).compact + ":" + $0.value.compact }
        .joined(separator: ",") + "}"
    case .string, .number, .null: String(text.dropLast())
    }
  }

  private func write(into result: inout String, indent: String) {
    switch self {
    case .null: result += "null"
    case .number(let text): result += text
    case .string(let text): JSONValue.quote(text, into: &result)
    case .array(let values):
      list(values.map { (nil, $0) }, "[", "]", into: &result, indent: indent)
    case .object(let fields):
      list(fields.map { ($0.key, $0.value) }, "{", "}", into: &result, indent: indent)
    }
  }

  private func list(
    _ items: [(key: String?, value: JSONValue)], _ open: String, _ close: String,
    into result: inout String, indent: String
  ) {
    let inner = items.isEmpty ? "" : "\n\(indent)  "
    result += open
    for (index, item) in items.enumerated() {
      result += index > 0 ? ",\(inner)" : inner
      if let key = item.key {
        JSONValue.quote(key, into: &result)
        result += ": "
      }
      item.value.write(into: &result, indent: indent + "  ")
    }
    result += items.isEmpty ? close : "\n\(indent)\(close)"
  }

  private static func quote(_ text: String, into result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
