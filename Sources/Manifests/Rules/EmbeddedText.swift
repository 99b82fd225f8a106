import YAML

/// A text inside of a YAML scalar, such as a file in a ConfigMap.
struct EmbeddedText {
  private let node: YAMLNode
  private let bytes: [UInt8]
  /// The bytes of the text at which its lines start.
  private var starts = [0]
  private let text: [UInt8]

  /// - Parameter bytes: of the whole file.
  init(node: YAMLNode, bytes: [UInt8]) {
    self.node = node
    self.bytes = bytes
    text = Array((node.scalar?.text ?? "").utf8)
    for (index, byte) in text.enumerated() where byte == 0x0A { starts.append(index + 1) }
  }

  /// Where a place of the text stands in the file; where the scalar begins, if it is folded or escaped.
  func place(line: Int, column: Int) -> (line: Int, column: Int) {
    guard line > 0, line <= starts.count, node.scalar?.style == .literal else {
      return (node.mark.line, node.mark.column)
    }
    // Columns count scalars, and places bytes.
    var offset = starts[line - 1]
    var left = column - 1
    while left > 0, offset < text.count, text[offset] != 0x0A {
      offset += 1
      while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    if offset > 0 { return ScalarPlace.position(ofByte: offset, in: node, bytes) }
    // The first byte of a block stands behind its first line.
    let (second, column) = ScalarPlace.position(ofByte: 1, in: node, bytes)
    return (second, column - 1)
  }
}
