import ClusterAPI
import Testing

@testable import Recording

@Suite struct EncodingTests {
  /// The examples of FIPS 180-4, and lengths around the padding's edges.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 55),
      "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"
    ),
    (
      String(repeating: "a", count: 64),
      "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"
    ),
  ])
  func hash(_ text: String, _ digest: String) {
    #expect(SHA256.hex(Array(text.utf8)) == digest)
  }

  @Test(arguments: [
    [], [0], [-1], [.max, .min, .max], [1, 2, 4, 8, 16, 1 << 62], Array(repeating: 200, count: 9),
  ])
  func samplesAreReadAsTheyWereWritten(_ values: [Int64]) throws {
    #expect(try Samples.unpack(Samples.pack(values)) == values)
  }

  /// A query that divides by zero says so in its record.
  @Test(arguments: [1.5, .infinity, -.infinity])
  func whatAQueryMeasuredIsReadAsItWasWritten(_ value: Double) throws {
    let reason = Reason.queryBroken(
      query: "a / b", measured: value, bound: NumberBound(.below, .infinity))
    #expect(try RecordJSON.decode(RecordJSON.text(reason)) == reason)
  }

  @Test func slowSeriesAreSmall() {
    let ready = (0..<3600).map { Int64($0 / 600) }
    #expect(Samples.pack(ready).count < 100)
  }

  @Test func damagedSamplesAreRefused() {
    var packed = Samples.pack(Array(0..<100))
    packed.removeLast(3)
    #expect(throws: (any Error).self) { try Samples.unpack(packed) }
    #expect(throws: (any Error).self) { try Samples.unpack([]) }
  }
}
