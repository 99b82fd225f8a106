import Compression
import Testing

@Suite struct DeflateTests {
  /// Bytes that neither repeat nor follow a simple rule.
  func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 100_000])
  func whatWasDeflatedInflatesToTheSame(count: Int) throws {
    for bytes in [noise(count), [UInt8](repeating: 7, count: count)] {
      #expect(try inflate(deflate(bytes), bound: count) == bytes)
      #expect(try inflate(deflate(bytes), bound: count * 10 + 10) == bytes)
    }
  }

  @Test func repetitionTakesLittleRoom() {
    #expect(deflate([UInt8](repeating: 7, count: 100_000)).count < 300)
  }

  @Test func moreThanTheBoundIsRefused() {
    let bomb = deflate([UInt8](repeating: 0, count: 10_000_000))
    #expect(throws: CompressionError.tooLarge(bound: 999)) { try inflate(bomb, bound: 999) }
    #expect(throws: CompressionError.tooLarge(bound: 0)) { try inflate(bomb, bound: 0) }
    #expect(throws: CompressionError.tooLarge(bound: 9_999_999)) {
      try inflate(bomb, bound: 9_999_999)
    }
  }

  @Test func everyCutIsNoticed() {
    let bytes = deflate(noise(200))
    for count in 0..<bytes.count {
      #expect(throws: CompressionError.corrupt, "cut at \(count)") {
        try inflate(Array(bytes.prefix(count)), bound: 10_000)
      }
    }
  }

  @Test func aChangedByteIsNoticed() {
    let bytes = deflate(noise(200))
    for position in bytes.indices {
      var damaged = bytes
      damaged[position] ^= 0x55
      #expect(throws: CompressionError.self, "at \(position)") {
        try inflate(damaged, bound: 10_000)
      }
    }
  }
}
