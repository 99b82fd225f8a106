/// A place in a query's text, in bytes of UTF-8.
public struct SourceRange: Hashable, Sendable {
  public var start: Int
  /// After the last byte.
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  func through(_ other: SourceRange) -> SourceRange { SourceRange(start, other.end) }

  /// Line and column (in bytes) of the start, both from 1.
  public func position(in text: String) -> (line: Int, column: Int) {
    var line = 1
    var lineStart = 0
    for (at, byte) in text.utf8.prefix(start).enumerated() where byte == UInt8(ascii: "\n") {
      line += 1
      lineStart = at + 1
    }
    return (line, min(start, text.utf8.count) - lineStart + 1)
  }
}
