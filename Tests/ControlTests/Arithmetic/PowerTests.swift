import Testing

@testable import Control

@Suite struct PowerTests {
  /// Correctly rounded values.
  @Test(arguments: [
    (0.5, 1.4142135623730951), (-0.5, 0.7071067811865476), (0.1, 1.0717734625362931),
    (99.999, 1.26677223624167e30), (-1.75, 0.29730177875068026), (1e-9, 1.000000000693147),
  ])
  func ofTwo(x: Double, expected: Double) {
    #expect((Power.ofTwo(x) - expected).magnitude <= 2 * expected.ulp)
  }

  @Test func wholePowersOfTwoAreExact() {
    for n in -1022...1023 {
      #expect(Power.ofTwo(Double(n)) == Double(sign: .plus, exponent: n, significand: 1))
    }
    #expect(Power.ofTwo(1024) == .infinity)
    #expect(Power.ofTwo(-106_752) == 0)
  }

  @Test func bySquaring() {
    #expect(Power.of(1.5, 0) == 1)
    #expect(Power.of(1.5, 3) == 3.375)
    #expect(Power.of(2, -2) == 0.25)
    #expect(Power.of(.infinity, -2) == 0)
  }
}
