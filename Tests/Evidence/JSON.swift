/// A JSON value whose integers are exact 64-bit integers, never passed through a float.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number with a fraction or an exponent, or beyond 64 bits.
  case double(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  /// The member under `key`; `nil` when absent, `null`, or when this is no object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self, let value = members[key], value != .null else {
      return nil
    }
    return value
  }

  public var isNull: Bool { self == .null }
  public var int: Int64? { if case .int(let value) = self { value } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  public var object: [String: JSON]? { if case .object(let value) = self { value } else { nil } }
  /// A number of either kind.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByFloatLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

/// What is wrong with a piece of evidence: a file, a line of it, or a member of a case.
public struct EvidenceError: Error, CustomStringConvertible, Sendable {
  public var description: String

  public init(_ description: String) { self.description = description }
}

// Members that must be there: the error names the key and what was wanted.
extension JSON {
  public func require(_ key: String) throws -> JSON {
    guard let value = self[key] else { throw EvidenceError("member \"\(key)\" is missing") }
    return value
  }

  public func int(_ key: String) throws -> Int64 {
    guard let value = try require(key).int else { throw wrong(key, "an integer") }
    return value
  }

  public func bool(_ key: String) throws -> Bool {
    guard let value = try require(key).bool else { throw wrong(key, "true or false") }
    return value
  }

  public func string(_ key: String) throws -> String {
    guard let value = try require(key).string else { throw wrong(key, "a string") }
    return value
  }

  public func number(_ key: String) throws -> Double {
    guard let value = try require(key).number else { throw wrong(key, "a number") }
    return value
  }

  /// The elements under `key`; none when the key is absent or `null`.
  public func elements(_ key: String) throws -> [JSON] {
    guard let value = self[key] else { return [] }
    guard let elements = value.array else { throw wrong(key, "a list") }
    return elements
  }

  /// The members under `key`; none when the key is absent or `null`.
  public func members(_ key: String) throws -> [String: JSON] {
    guard let value = self[key] else { return [:] }
    guard let members = value.object else { throw wrong(key, "an object") }
    return members
  }

  /// The texts under `key`; none when the key is absent or `null`.
  public func strings(_ key: String) throws -> [String] {
    try elements(key).map {
      guard let text = $0.string else { throw wrong(key, "a list of strings") }
      return text
    }
  }

  private func wrong(_ key: String, _ wanted: String) -> EvidenceError {
    EvidenceError("member \"\(key)\" is not \(wanted): \(self[key] ?? .null)")
  }
}

extension JSON: CustomStringConvertible {
  /// Compact JSON, members by key.
  public var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .string(let value): JSON.quoted(value)
    case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }
        .map { JSON.quoted($0.key) + ":" + $0.value.description }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
