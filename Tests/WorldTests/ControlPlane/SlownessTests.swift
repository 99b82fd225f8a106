import Testing
import Units

@testable import World

@Suite struct SlownessTests {
  private func logarithm(_ values: [Double], at milliseconds: Int64) -> Double {
    Slowness(values, period: .seconds(1)).logarithm(at: .zero + .milliseconds(milliseconds))
  }

  @Test(arguments: [(0, 0), (500, 1), (1000, 2), (1500, 1.5)])
  func valuesAreJoinedByLines(milliseconds: Int64, value: Double) {
    #expect(logarithm([0, 2, 1], at: milliseconds) == value)
  }

  @Test func theLastValueStays() {
    #expect(logarithm([0, 2, 1], at: 2700) == 1)
    #expect(logarithm([0, 2, 1], at: 90_000) == 1)
  }

  @Test func withoutValuesTheMachineIsAsFastAsUsual() {
    #expect(logarithm([], at: 500) == 0)
  }
}
