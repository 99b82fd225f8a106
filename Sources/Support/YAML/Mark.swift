/// A position in a YAML text, as editors count it.
///
/// Lines end as YAML says: at LF, CR, CR LF, NEL, LS and PS. A byte-order mark at the start is not
/// counted in the column, but in the offset.
public struct Mark: Sendable, Hashable, Comparable {
  /// The line, counted from 1.
  public var line: Int
  /// The column in Unicode scalars, counted from 1.
  public var column: Int
  /// The distance from the first byte of the text, in bytes.
  public var offset: Int

  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// The first position of a text.
  public static let start = Mark(line: 1, column: 1, offset: 0)

  public static func < (left: Mark, right: Mark) -> Bool { left.offset < right.offset }
}

extension Mark: CustomStringConvertible {
  /// `line:column`, as compilers print it.
  public var description: String { "\(line):\(column)" }
}
