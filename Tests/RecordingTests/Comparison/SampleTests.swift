import Testing

@testable import Recording

@Suite struct SampleTests {
  /// Against tables of Student's t distribution.
  @Test(arguments: [
    (1, 12.706), (2, 4.303), (4, 2.776), (30, 2.042), (40, 2.021), (60, 2.000), (120, 1.980),
    (100_000, 1.960),
  ])
  func quantile(_ degrees: Int, _ expected: Double) {
    #expect(abs(Sample.quantile(degrees: degrees) - expected) < 0.0015)
  }

  @Test func meanAndInterval() throws {
    let sample = Sample([1, 2, 3, 4, 5])
    #expect(sample.mean == 3)
    // 2.776 * sqrt(2.5 / 5)
    #expect(abs(try #require(sample.interval) - 1.963) < 0.001)
    #expect(Sample([4, 5]).interval == nil)
  }
}
