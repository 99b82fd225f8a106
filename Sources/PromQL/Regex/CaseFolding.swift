extension ScalarSet {
  /// With every scalar that differs from one of them by case only (Unicode's simple folding).
  var foldingCase: ScalarSet {
    guard let highest = ranges.last?.upperBound else { return self }
    var found = ranges
    let table = highest < 0x80 ? CaseOrbits.ofASCII : CaseOrbits.all
    for orbit in table where orbit.contains(where: contains) {
      found += orbit.map { $0...$0 }
    }
    return ScalarSet(found)
  }
}

/// Scalars that are the same letter in another case.
enum CaseOrbits {
  static let ofASCII: [[UInt32]] = (0x61...0x7A).map { (lower: UInt32) in
    switch lower {
    case 0x6B: [0x4B, lower, 0x212A]
    case 0x73: [0x53, lower, 0x17F]
    default: [lower - 0x20, lower]
    }
  }

  static let all: [[UInt32]] = {
    let known = Set(ofASCII.joined()).union(irregular.joined())
    var pairs: [[UInt32]] = []
    // No script above U+1E943 has cases.
    for value in 0x80...UInt32(0x1E943) where !known.contains(value) {
      guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased else {
        continue
      }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      guard let first = lower.first, lower.count == 1, !known.contains(first.value) else {
        continue
      }
      pairs.append([value, first.value])
    }
    return ofASCII + irregular + pairs
  }()

  /// What is more than a capital letter and its small letter (Unicode, CaseFolding.txt).
  private static let irregular: [[UInt32]] = [
    [0xB5, 0x39C, 0x3BC], [0xC5, 0xE5, 0x212B], [0xDF, 0x1E9E], [0x1C4, 0x1C5, 0x1C6],
    [0x1C7, 0x1C8, 0x1C9], [0x1CA, 0x1CB, 0x1CC], [0x1F1, 0x1F2, 0x1F3],
    [0x345, 0x399, 0x3B9, 0x1FBE], [0x392, 0x3B2, 0x3D0], [0x395, 0x3B5, 0x3F5],
    [0x398, 0x3B8, 0x3D1, 0x3F4], [0x39A, 0x3BA, 0x3F0], [0x3A0, 0x3C0, 0x3D6],
    [0x3A1, 0x3C1, 0x3F1], [0x3A3, 0x3C2, 0x3C3], [0x3A6, 0x3C6, 0x3D5],
    [0x3A9, 0x3C9, 0x2126], [0x412, 0x432, 0x1C80], [0x414, 0x434, 0x1C81],
    [0x41E, 0x43E, 0x1C82], [0x421, 0x441, 0x1C83], [0x422, 0x442, 0x1C84, 0x1C85],
    [0x42A, 0x44A, 0x1C86], [0x462, 0x463, 0x1C87], [0x1C88, 0xA64A, 0xA64B],
    [0x1E60, 0x1E61, 0x1E9B],
  ]
}
