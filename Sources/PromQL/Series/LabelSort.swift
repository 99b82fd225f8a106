extension Labels {
  /// The places of labels in their order: `all[order[0]]` is the least.
  public static func order(of all: [Labels]) -> [Int] {
    var sort = LabelSort(all)
    sort.sort(0..<all.count)
    return sort.entries.map(\.place)
  }
}

/// Sorts many labels that begin alike: by the eight bytes with which they begin to differ, and those that
/// share these as before.
private struct LabelSort {
  private let all: [Labels]
  private(set) var entries: [(key: UInt64, place: Int)]

  init(_ all: [Labels]) {
    self.all = all
    entries = all.indices.map { (0, $0) }
  }

  mutating func sort(_ range: Range<Int>) {
    if range.count < 16 || !findKeys(range) {
      let all = all
      entries[range].sort { all[$0.place] < all[$1.place] }
      return
    }
    entries[range].sort { $0.key < $1.key }
    var start = range.lowerBound
    for at in range where entries[at].key != entries[start].key {
      sort(start..<at)
      start = at
    }
    // Keys of which none differs would be sorted without an end.
    if start > range.lowerBound { sort(start..<range.upperBound) }
  }

  /// - Returns: whether some of the keys differ.
  private mutating func findKeys(_ range: Range<Int>) -> Bool {
    let first = all[entries[range.lowerBound].place]
    var shared = first.bytes.count
    for at in range.dropFirst() {
      let other = all[entries[at].place]
      shared = min(shared, LabelBytes.firstDifference(first.bytes, other.bytes))
    }
    guard let text = first.startOfText(with: shared) else { return false }
    var differ = false
    for at in range {
      entries[at].key = all[entries[at].place].key(from: shared, inTextAt: text)
      differ = differ || entries[at].key != entries[range.lowerBound].key
    }
    return differ
  }
}

extension Labels {
  /// Where the length of the text stands that a byte belongs to; nil: there are not so many bytes.
  fileprivate func startOfText(with byte: Int) -> Int? {
    let bytes = bytes.span
    var at = 0
    while at < bytes.count {
      let end = LabelBytes.text(bytes, at: at).end
      if end > byte { return at }
      at = end
    }
    return nil
  }

  /// The first bytes of a text, from a place within it or before it.
  fileprivate func key(from place: Int, inTextAt start: Int) -> UInt64 {
    let bytes = bytes.span
    if start >= bytes.count { return 0 }
    let text = LabelBytes.text(bytes, at: start)
    var key: UInt64 = 0
    let from = max(place, text.start)
    for at in from..<from &+ 8 {
      key = key << 8 | (at < text.end ? UInt64(bytes[at]) : 0)
    }
    return key
  }
}
