/// What a scalar means to Kubernetes.
///
/// Kubernetes reads YAML through `sigs.k8s.io/yaml` 1.6, whose resolution is YAML 1.1 without
/// base-60 numbers and timestamps: `yes`, `on` and `y` are booleans, `010` is eight, `1_000` is a
/// thousand, `1e3` is a float, `2024-01-01` a string.
public enum Resolved: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// An integer above `Int64.max`.
  case unsigned(UInt64)
  /// Also an integer that no 64 bits hold: the scalar's text keeps its digits.
  case float(Double)
  case string(String)
}

extension Resolved {
  /// The type's name as messages word it: `null`, `boolean`, `integer`, `number` or `string`.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .integer, .unsigned: "integer"
    case .float: "number"
    case .string: "string"
    }
  }
}

extension Scalar {
  /// The meaning by text and quoting alone: whatever is quoted, or written as a block, is a string.
  public var resolved: Resolved {
    style == .plain ? resolvePlain(text) : .string(text)
  }
}

extension Node {
  /// The meaning of a scalar, its tag included; nil for sequences and mappings.
  ///
  /// A value that contradicts its tag is a string here and ``Problem/Kind/badTag`` in the document.
  public var resolved: Resolved? {
    guard let scalar else { return nil }
    switch tag {
    case nil: return scalar.resolved
    case Tag.int, Tag.bool, Tag.null: return resolvePlain(scalar.text)
    case Tag.float:
      if case .integer(let integer) = resolvePlain(scalar.text) { return .float(Double(integer)) }
      return resolvePlain(scalar.text)
    default: return .string(scalar.text)
    }
  }

  /// The type's name as messages word it: `mapping`, `sequence`, or that of the scalar.
  public var typeName: String {
    switch value {
    case .mapping: "mapping"
    case .sequence: "sequence"
    case .scalar: resolved?.typeName ?? "string"
    }
  }

  /// The key of the JSON object that this node becomes as a mapping's key; nil where JSON has none.
  ///
  /// `8080:` and `"8080":` are the same key to Kubernetes, `on:` is `true`.
  public var keyText: String? {
    switch resolved {
    case .string(let text): text
    case .boolean(let boolean): boolean ? "true" : "false"
    case .integer(let integer): String(integer)
    case .unsigned(let integer): String(integer)
    case .float(let double): keyText(of: double)
    case .null, nil: nil
    }
  }

  private func keyText(of double: Double) -> String {
    if double.isNaN { return "NaN" }
    if double.isInfinite { return double < 0 ? "-Inf" : "+Inf" }
    let text = "\(double)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

enum Tag {
  static let prefix = "tag:yaml.org,2002:"
  static let string = prefix + "str"
  static let int = prefix + "int"
  static let float = prefix + "float"
  static let bool = prefix + "bool"
  static let null = prefix + "null"
  static let binary = prefix + "binary"
}

/// Resolves an untagged plain scalar, as `resolve` of go-yaml 2 does.
func resolvePlain(_ text: String) -> Resolved {
  guard let first = text.utf8.first else { return .null }
  switch first {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
    return specialFloat(text) ?? resolveNumber(text) ?? .string(text)
  case UInt8(ascii: "."):
    if let special = specialFloat(text) { return special }
    if isDecimalFloat(text.utf8), let double = Double(text), double.isFinite {
      return .float(double)
    }
    return .string(text)
  case UInt8(ascii: "A")...UInt8(ascii: "z"), UInt8(ascii: "~"):
    return resolveWord(text)
  default:
    return .string(text)
  }
}

private func resolveWord(_ text: String) -> Resolved {
  guard text.utf8.count <= 5 else { return .string(text) }
  switch text {
  case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
    return .boolean(true)
  case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
    return .boolean(false)
  case "~", "null", "Null", "NULL": return .null
  default: return .string(text)
  }
}

private func specialFloat(_ text: String) -> Resolved? {
  guard text.utf8.count <= 5 else { return nil }
  switch text {
  case ".nan", ".NaN", ".NAN": return .float(.nan)
  case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
  case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
  default: return nil
  }
}

private func resolveNumber(_ text: String) -> Resolved? {
  let plain = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
  var digits = Substring(plain)
  var sign = ""
  if let first = digits.first, first == "-" || first == "+" {
    sign = String(first)
    digits.removeFirst()
  }
  var radix = 10
  if digits.utf8.count > 1, digits.first == "0" {
    switch digits.dropFirst().first {
    case "x", "X": (radix, digits) = (16, digits.dropFirst(2))
    case "b", "B": (radix, digits) = (2, digits.dropFirst(2))
    case "o", "O": (radix, digits) = (8, digits.dropFirst(2))
    default: (radix, digits) = (8, digits.dropFirst(1))
    }
  }
  // The initialisers take a second sign, which Go refuses.
  if let first = digits.first, first != "-", first != "+" {
    if let integer = Int64(sign + digits, radix: radix) { return .integer(integer) }
    if sign.isEmpty, let integer = UInt64(digits, radix: radix) { return .unsigned(integer) }
  }
  if isDecimalFloat(plain.utf8), let double = Double(plain), double.isFinite {
    return .float(double)
  }
  return nil
}

/// Whether a text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
private func isDecimalFloat(_ text: String.UTF8View) -> Bool {
  var rest = text[...]
  func skipSign() { if let c = rest.first, c == 0x2B || c == 0x2D { rest.removeFirst() } }
  func skipDigits() -> Bool {
    let before = rest.count
    rest = rest.drop { $0 >= 0x30 && $0 <= 0x39 }
    return rest.count < before
  }
  skipSign()
  let hasWhole = skipDigits()
  var hasFraction = false
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    hasFraction = skipDigits()
  }
  guard hasWhole || hasFraction else { return false }
  if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
    rest.removeFirst()
    skipSign()
    guard skipDigits() else { return false }
  }
  return rest.isEmpty
}
