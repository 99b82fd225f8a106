import CZlib

/// Bytes that cannot be inflated.
public enum CompressionError: Error, Hashable, Sendable {
  /// Damaged, or cut off.
  case corrupt
  /// More than the bound comes out of it.
  case tooLarge(bound: Int)
}

/// Compresses in the zlib format (RFC 1950).
public func deflate(_ bytes: [UInt8]) -> [UInt8] {
  var size = compressBound(uLong(bytes.count))
  var result = [UInt8](repeating: 0, count: Int(size))
  let code = compress2(&result, &size, bytes, uLong(bytes.count), 6)
  // The output is as large as zlib asks for, so that only memory can be short.
  precondition(code == Z_OK, "zlib's compress2 failed with \(code)")
  result.removeLast(result.count - Int(size))
  return result
}

/// Restores what `deflate` compressed.
///
/// - Parameter bound: most bytes that may come out.
public func inflate(_ bytes: [UInt8], bound: Int) throws(CompressionError) -> [UInt8] {
  // With no room at all zlib cannot tell a large output from a damaged input.
  var capacity = max(1, min(bound, max(64, bytes.count * 8)))
  while true {
    var size = uLong(capacity)
    var result = [UInt8](repeating: 0, count: capacity)
    switch uncompress(&result, &size, bytes, uLong(bytes.count)) {
    case Z_OK:
      guard size <= bound else { throw .tooLarge(bound: bound) }
      result.removeLast(capacity - Int(size))
      return result
    case Z_BUF_ERROR:
      if capacity >= bound { throw .tooLarge(bound: bound) }
      capacity = min(bound, capacity * 4)
    default: throw .corrupt
    }
  }
}
