import CYAML

/// One step of the parser: what was read, and where it starts.
struct Event {
  enum Kind {
    case documentStart(isExplicit: Bool)
    case documentEnd
    case alias(String)
    case scalar(Scalar, anchor: String?, tag: String?)
    case sequenceStart(anchor: String?, tag: String?)
    case mappingStart(anchor: String?, tag: String?)
    case collectionEnd
    case streamEnd
  }

  var kind: Kind
  var start: Mark
  var end: Mark
}

/// libyaml's event parser with typed events and positions in bytes.
///
/// The parser pulls bytes as it needs them, so whoever stops asking bounds its work.
struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>
  private var cursor: OffsetCursor

  /// - Parameter bytes: UTF-8 without a byte-order mark; must stay valid while the reader lives.
  /// - Parameter skipped: the bytes before `bytes` that positions count.
  init(bytes: UnsafeBufferPointer<UInt8>, skipped: Int) throws(YAMLError) {
    self.bytes = bytes
    cursor = OffsetCursor(skipped: skipped)
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLError(kind: .outOfMemory, message: "out of memory", mark: .start)
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func next() throws(YAMLError) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
      defer { yaml_event_delete(&event) }
      if let kind = kind(of: event) {
        let start = mark(event.start_mark)
        return Event(kind: kind, start: start, end: mark(event.end_mark))
      }
    }
  }

  private func kind(of event: yaml_event_t) -> Event.Kind? {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      return .documentStart(isExplicit: event.data.document_start.implicit == 0)
    case YAML_DOCUMENT_END_EVENT:
      return .documentEnd
    case YAML_ALIAS_EVENT:
      return .alias(text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let data = event.data.scalar
      let buffer = UnsafeBufferPointer(start: data.value, count: data.length)
      let scalar = Scalar(String(decoding: buffer, as: UTF8.self), style: style(data.style))
      return .scalar(scalar, anchor: text(data.anchor), tag: text(data.tag))
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      return .sequenceStart(anchor: text(data.anchor), tag: text(data.tag))
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      return .mappingStart(anchor: text(data.anchor), tag: text(data.tag))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      return .collectionEnd
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT:
      return .streamEnd
    default:
      return nil
    }
  }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func style(_ style: yaml_scalar_style_t) -> Scalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private mutating func mark(_ mark: yaml_mark_t) -> Mark {
    Mark(
      line: mark.line + 1, column: mark.column + 1,
      offset: cursor.offset(ofScalar: mark.index, in: bytes))
  }

  private mutating func failure() -> YAMLError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text is not YAML"
    switch parser.pointee.error {
    case YAML_MEMORY_ERROR:
      return YAMLError(kind: .outOfMemory, message: "out of memory", mark: .start)
    case YAML_READER_ERROR:
      let offset = min(Int(parser.pointee.problem_offset), bytes.count)
      let position = position(ofByte: offset, in: bytes)
      let scalar = String(UInt32(bitPattern: parser.pointee.problem_value), radix: 16)
      return YAMLError(
        kind: .syntax,
        message: problem + " (U+" + String(repeating: "0", count: max(0, 4 - scalar.utf8.count))
          + scalar.uppercased() + ")",
        mark: Mark(
          line: position.line, column: position.column, offset: position.offset + cursor.skipped))
    default:
      var message = problem
      if let context = parser.pointee.context.map({ String(cString: $0) }) {
        let begin = parser.pointee.context_mark
        message += " (\(context) that starts at \(begin.line + 1):\(begin.column + 1))"
      }
      return YAMLError(kind: .syntax, message: message, mark: mark(parser.pointee.problem_mark))
    }
  }
}

/// Turns libyaml's positions, which count Unicode scalars, into bytes.
///
/// Events come nearly in the order of the text, so the cursor walks it about once.
private struct OffsetCursor {
  let skipped: Int
  private var scalar = 0
  private var byte = 0

  init(skipped: Int) { self.skipped = skipped }

  mutating func offset(ofScalar index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    while scalar < index, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      scalar += 1
    }
    while scalar > index, byte > 0 {
      byte -= 1
      while byte > 0, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      scalar -= 1
    }
    return skipped + byte
  }
}
