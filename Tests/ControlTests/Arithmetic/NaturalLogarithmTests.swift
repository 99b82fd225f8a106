import Testing

@testable import Control

@Suite struct NaturalLogarithmTests {
  /// Correctly rounded values.
  @Test(arguments: [
    (1, 0.0), (2, 0.6931471805599453), (3, 1.0986122886681098), (4, 1.3862943611198906),
    (5, 1.6094379124341003), (7, 1.9459101490553132), (10, 2.302585092994046),
    (100, 4.605170185988092), (5002, 8.517593111437565), (1_000_000, 13.815510557964274),
  ])
  func known(n: Int, expected: Double) {
    #expect((NaturalLogarithm.of(n) - expected).magnitude <= expected.ulp)
  }

  @Test func productsAddUp() {
    for a in 2..<60 {
      for b in 2..<60 {
        let sum = NaturalLogarithm.of(a) + NaturalLogarithm.of(b)
        #expect((NaturalLogarithm.of(a * b) - sum).magnitude <= 3 * sum.ulp)
      }
    }
  }
}
