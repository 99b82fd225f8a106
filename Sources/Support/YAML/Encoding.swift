/// Checks that a text is UTF-8, and names the first byte that is not.
///
/// libyaml checks too, but only as far as it has read; this way the answer does not depend on what
/// else is wrong.
func checkUTF8(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
  guard let bad = firstByteThatIsNotUTF8(bytes) else { return }
  let hex = String(bytes[bad], radix: 16, uppercase: true)
  var message = "byte 0x\(hex.utf8.count == 1 ? "0" : "")\(hex) is not UTF-8"
  if bad == 0, bytes.count > 1, bytes[0] ^ bytes[1] == 1, bytes[0] >= 0xFE {
    message += ": the text looks like UTF-16; save it as UTF-8"
  }
  throw YAMLError(kind: .notUTF8, message: message, mark: position(ofByte: bad, in: bytes))
}

/// The line and column of a byte, in YAML's line breaks.
func position(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Mark {
  var line = 1
  var column = 1
  var index = 0
  while index < min(offset, bytes.count) {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if byte == 0x0A || (byte == 0x0D && next != 0x0A) {
      line += 1
      column = 1
    } else if byte & 0xC0 != 0x80, byte != 0x0D {
      column += 1
    }
    index += 1
  }
  return Mark(line: line, column: column, offset: offset)
}

private func firstByteThatIsNotUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var index = 0
  while index < bytes.count {
    if bytes[index] < 0x80 {
      index += 1
      continue
    }
    guard let length = lengthOfScalar(at: index, in: bytes) else { return index }
    index += length
  }
  return nil
}

/// The length of the multi-byte scalar at an index, in bytes; nil where it is malformed: overlong,
/// a surrogate, above U+10FFFF or cut short (Unicode 15, table 3-7).
private func lengthOfScalar(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  let length: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch bytes[index] {
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, second) = (3, 0xA0...0xBF)
  case 0xED: (length, second) = (3, 0x80...0x9F)
  case 0xE1...0xEF: length = 3
  case 0xF0: (length, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: length = 4
  case 0xF4: (length, second) = (4, 0x80...0x8F)
  default: return nil
  }
  guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
  for follower in (index + 2)..<max(index + 2, index + length)
  where bytes[follower] & 0xC0 != 0x80 {
    return nil
  }
  return length
}
