/// How labels lie in memory: for each label its name and its value in UTF-8, each behind its length.
///
/// A length below 255 is one byte; others are 255 and three bytes, the lowest first. So Prometheus holds
/// labels, and so it hashes them.
/// https://github.com/prometheus/prometheus/blob/main/model/labels/labels_stringlabels.go
enum LabelBytes {
  /// Where a text begins and ends whose length stands at a place.
  @inline(__always)
  static func text(_ bytes: Span<UInt8>, at place: Int) -> (start: Int, end: Int) {
    let first = Int(bytes[place])
    if first < 255 { return (place &+ 1, place &+ 1 &+ first) }
    let length =
      Int(bytes[place &+ 1]) | Int(bytes[place &+ 2]) << 8 | Int(bytes[place &+ 3]) << 16
    return (place &+ 4, place &+ 4 &+ length)
  }

  /// How many bytes a text of some length takes.
  @inline(__always)
  static func size(_ length: Int) -> Int { length < 255 ? length + 1 : length + 4 }

  /// Writes a text with its length at a place, and moves the place behind it.
  static func write(
    _ text: UnsafeBufferPointer<UInt8>, to bytes: UnsafeMutableBufferPointer<UInt8>,
    at place: inout Int
  ) {
    let length = text.count
    if length < 255 {
      unsafe bytes[place] = UInt8(length)
    } else {
      precondition(length < 1 << 24, "a label takes less than 16 MiB")
      unsafe bytes[place] = 255
      for part in 0..<3 {
        unsafe bytes[place + 1 + part] = UInt8(truncatingIfNeeded: length >> (8 * part))
      }
    }
    place += size(length) - length
    for at in 0..<length { unsafe bytes[place &+ at] = text[at] }
    place += length
  }

  /// A text behind its length.
  static func bytes(_ text: String) -> [UInt8] {
    var text = text
    let all = size(text.utf8.count)
    return text.withUTF8 { text in
      unsafe Array(unsafeUninitializedCapacity: all) { bytes, count in
        unsafe write(text, to: bytes, at: &count)
      }
    }
  }

  /// Whether a part of one is another.
  @inline(__always)
  static func isEqual(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ other: Span<UInt8>, at place: Int = 0
  ) -> Bool {
    var (left, right) = (start, place)
    while left < end {
      if bytes[left] != other[right] { return false }
      left &+= 1
      right &+= 1
    }
    return true
  }

  /// Below zero: a part of one stands before a part of another in the order of bytes.
  @inline(__always)
  static func order(
    _ a: Span<UInt8>, _ left: (start: Int, end: Int),
    _ b: Span<UInt8>, _ right: (start: Int, end: Int)
  ) -> Int {
    var (i, j) = (left.start, right.start)
    while i < left.end, j < right.end {
      if a[i] != b[j] { return Int(a[i]) &- Int(b[j]) }
      i &+= 1
      j &+= 1
    }
    return (left.end &- left.start) &- (right.end &- right.start)
  }

  /// The first place at which two differ; the length of the shorter one where it begins the other.
  static func firstDifference(_ a: [UInt8], _ b: [UInt8]) -> Int {
    let count = min(a.count, b.count)
    return unsafe a.withUnsafeBytes { a in
      unsafe b.withUnsafeBytes { b in
        if unsafe a.baseAddress == b.baseAddress { return count }
        var at = 0
        while at &+ 8 <= count {
          let left = unsafe a.loadUnaligned(fromByteOffset: at, as: UInt64.self)
          let right = unsafe b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
          if left != right {
            return at &+ (UInt64(littleEndian: left ^ right).trailingZeroBitCount / 8)
          }
          at &+= 8
        }
        while at < count {
          if unsafe a[at] != b[at] { return at }
          at &+= 1
        }
        return count
      }
    }
  }
}
