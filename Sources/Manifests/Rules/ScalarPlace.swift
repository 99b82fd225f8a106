import YAML

/// Where a byte of a scalar's text stands in its file.
enum ScalarPlace {
  /// Line and column, from 1; exact for plain and literal scalars, near where YAML folds or escapes.
  static func position(
    ofByte offset: Int, in node: YAMLNode, _ bytes: [UInt8]
  ) -> (line: Int, column: Int) {
    let mark = node.mark
    guard offset > 0, let scalar = node.scalar else { return (mark.line, mark.column) }
    let isBlock = scalar.style == .literal || scalar.style == .folded
    let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
    var rest = offset
    var line = mark.line
    var start = min(mark.offset, bytes.count)
    var column = mark.column + (isQuoted ? 1 : 0)
    if isQuoted { start += 1 }
    if isBlock {
      start = nextLine(start, bytes)
      line += 1
    }
    let indentation = isBlock ? blockIndentation(start, bytes) : nil
    var isFirst = !isBlock
    while start < bytes.count {
      if !isFirst {
        let skipped = indentation ?? spaces(start, bytes)
        start = min(start + skipped, bytes.count)
        column = skipped + 1
      }
      let end = endOfLine(start, bytes)
      if rest <= end - start { return (line, column + rest) }
      rest -= end - start + 1
      start = nextLine(start, bytes)
      line += 1
      isFirst = false
    }
    return (mark.line, mark.column)
  }

  private static func endOfLine(_ start: Int, _ bytes: [UInt8]) -> Int {
    bytes[start...].firstIndex { $0 == 0x0A } ?? bytes.count
  }

  private static func nextLine(_ start: Int, _ bytes: [UInt8]) -> Int {
    min(endOfLine(start, bytes) + 1, bytes.count)
  }

  private static func spaces(_ start: Int, _ bytes: [UInt8]) -> Int {
    bytes[start...].prefix { $0 == 0x20 }.count
  }

  /// That of the first line that is not blank.
  private static func blockIndentation(_ start: Int, _ bytes: [UInt8]) -> Int {
    var start = start
    while start < bytes.count, start + spaces(start, bytes) == endOfLine(start, bytes) {
      start = nextLine(start, bytes)
    }
    return start < bytes.count ? spaces(start, bytes) : 0
  }
}

extension String {
  /// The byte at a line and column, both from 1.
  func offset(line: Int, column: Int) -> Int {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix(line - 1).reduce(column - 1) { $0 + $1.utf8.count + 1 }
  }
}
