/// Why a template cannot be read or filled.
public struct TemplateError: Error, Sendable, Hashable {
  public var message: String
  /// Line and column in the template, from 1; the column counts bytes.
  public var line: Int
  public var column: Int

  public init(_ message: String, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }

  init(_ message: String, at offset: Int, in text: String) {
    var line = 1
    var column = 1
    for byte in text.utf8.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    self.init(message, line: line, column: column)
  }
}

extension TemplateError: CustomStringConvertible {
  public var description: String { "template: \(line):\(column): \(message)" }
}
