/// A text as symbols of an alphabet, from which parts can be taken as texts again.
struct SymbolText {
  private let text: String
  private(set) var symbols: [UInt32] = []
  /// Where each scalar starts, and the end; empty where all are ASCII.
  private var offsets: [Int] = []
  private let bytes: [UInt8]

  init(_ text: String, _ alphabet: Alphabet) {
    self.text = text
    bytes = Array(text.utf8)
    symbols.reserveCapacity(bytes.count)
    var isASCII = true
    for byte in bytes {
      if byte >= 0x80 {
        isASCII = false
        break
      }
      symbols.append(alphabet.symbol(of: UInt32(byte)))
    }
    if isASCII { return }
    symbols.removeAll(keepingCapacity: true)
    var offset = 0
    for scalar in text.unicodeScalars {
      symbols.append(alphabet.symbol(of: scalar.value))
      offsets.append(offset)
      offset += UTF8.width(scalar)
    }
    offsets.append(offset)
  }

  var count: Int { symbols.count }

  /// - Parameter range: counts scalars.
  subscript(range: Range<Int>) -> String {
    if range.lowerBound == 0, range.upperBound == symbols.count { return text }
    let (start, end) =
      offsets.isEmpty
      ? (range.lowerBound, range.upperBound)
      : (offsets[range.lowerBound], offsets[range.upperBound])
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// What each group took; nil where it took no part.
  ///
  /// - Parameter slots: two places per group, -1 for none.
  func groups(_ slots: [Int]) -> [String?] {
    var result: [String?] = []
    result.reserveCapacity(slots.count / 2)
    for group in 0..<(slots.count / 2) {
      let start = slots[2 * group]
      result.append(start < 0 ? nil : self[start..<slots[2 * group + 1]])
    }
    return result
  }
}
