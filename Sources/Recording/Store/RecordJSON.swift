import Foundation

/// Values of a record as JSON.
///
/// A query can answer what JSON has no number for: `Infinity`, `-Infinity` and `NaN` are written as texts.
enum RecordJSON {
  private static let (infinity, negative, nan) = ("Infinity", "-Infinity", "NaN")

  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: infinity, negativeInfinity: negative, nan: nan)
    return try encoder.encode(value)
  }

  static func text(_ value: some Encodable) throws -> String {
    String(decoding: try encode(value), as: UTF8.self)
  }

  static func decode<Value: Decodable>(_ json: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinity, negativeInfinity: negative, nan: nan)
    return try decoder.decode(Value.self, from: json)
  }

  static func decode<Value: Decodable>(_ text: String) throws -> Value {
    try decode(Data(text.utf8))
  }
}
