import Compression

/// Columns of integers as bytes: differences, zigzag, seven bits to a byte, zlib.
enum Samples {
  static func pack(_ values: [Int64]) -> [UInt8] {
    var bytes: [UInt8] = []
    var last: Int64 = 0
    for value in values {
      let difference = value &- last
      last = value
      var word = UInt64(bitPattern: (difference << 1) ^ (difference >> 63))
      while word >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: word) | 0x80)
        word >>= 7
      }
      bytes.append(UInt8(word))
    }
    return deflate(bytes)
  }

  /// - Throws: `CompressionError` for bytes that `pack` did not make.
  static func unpack(_ packed: [UInt8]) throws(CompressionError) -> [Int64] {
    var values: [Int64] = []
    var (last, word, shift): (Int64, UInt64, UInt64) = (0, 0, 0)
    for byte in try inflate(packed, bound: 1 << 28) {
      guard shift < 64 else { throw .corrupt }
      word |= UInt64(byte & 0x7F) << shift
      shift += 7
      if byte & 0x80 != 0 { continue }
      last = last &+ (Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1))
      values.append(last)
      (word, shift) = (0, 0)
    }
    if shift != 0 { throw .corrupt }
    return values
  }
}
