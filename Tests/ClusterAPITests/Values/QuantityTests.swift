import ClusterAPI
import Testing

@Suite struct QuantityTests {
  @Test func hugeExponentsStayCheap() throws {
    let huge = try Quantity(parsing: "1e2147483647")
    let tiny = try Quantity(parsing: "1e-2147483648")
    #expect(huge > tiny)
    #expect(tiny == (try Quantity(parsing: "1n")))
    #expect(huge.value == .max)
    #expect((-huge).milliValue == .min)
    #expect(huge.string == "10e2147483646")
    #expect((huge - huge).isZero)
    #expect((huge + Quantity(1)) == huge)
    #expect((Quantity(1) + huge).canonical == "10e2147483646")
    #expect(huge.approximateValue == .infinity)
  }

  @Test func sumsAreExactBeyond64Bits() throws {
    var total = Quantity.zero
    for _ in 0..<100 { total.add(try Quantity(parsing: "9223372036854775807")) }
    #expect(total.canonical == "922337203685477580700")
    for _ in 0..<100 { total.subtract(Quantity(.max)) }
    #expect(total == .zero)
  }

  @Test func equalityIsOfValues() throws {
    let a = try Quantity(parsing: "1Gi")
    let b = try Quantity(parsing: "1024Mi")
    #expect(a == b)
    #expect(a.hashValue == b.hashValue)
    #expect(Set([a, b]).count == 1)
  }

  @Test func additionAgreesWithIntegersOverSmallNumbers() {
    for a in Int64(-60)...60 {
      for b in Int64(-60)...60 {
        let (x, y) = (Quantity(milli: a * 50), Quantity(milli: b * 7))
        #expect((x + y).milliValue == a * 50 + b * 7)
        #expect((x - y).milliValue == a * 50 - b * 7)
        #expect((x < y) == (a * 50 < b * 7))
      }
    }
  }

  @Test func longMantissasCompareByValue() throws {
    let texts = [
      "-123456789012345678901234", "-1e23", "-1", "0.000000001", "1", "1e23",
      "100000000000000000000001", "123456789012345678901234", "123456789012345678901235", "1e24",
    ]
    let sorted = try texts.map { try Quantity(parsing: $0) }
    for (i, a) in sorted.enumerated() {
      for (j, b) in sorted.enumerated() { #expect((a < b) == (i < j), "\(a) \(b)") }
    }
  }

  @Test(arguments: [
    "", "1K", "1 Gi", "1MB", "e3", "1e", "1..2", "abc", "1e99999999999999999999", "é",
  ])
  func refused(text: String) {
    #expect((try? Quantity(parsing: text)) == (text == "e3" ? .zero : nil))
  }

  @Test func aMegabyteOfDigitsIsRead() throws {
    let text = String(repeating: "7", count: 1_000_000)
    let amount = try Quantity(parsing: text)
    #expect(amount.value == .max)
    #expect(amount.canonical == text)
  }
}
