import Testing
import Units

@Suite struct TimeTests {
  @Test func aTimestampIsCutOffToItsSecond() {
    #expect(Timestamp(Instant(ns: 1_999_999_999)) == Timestamp(seconds: 1))
    #expect(Timestamp(Instant(ns: -1)) == Timestamp(seconds: -1))
    #expect(Timestamp(Instant(ns: -1_000_000_000)) == Timestamp(seconds: -1))
    #expect(Timestamp(seconds: 5).instant == .zero + .seconds(5))
  }

  @Test func secondsRoundToTheNearestNanosecondAndSaturate() {
    #expect(Span.seconds(rounding: 1.000_000_000_6) == Span(ns: 1_000_000_001))
    #expect(Span.seconds(rounding: -0.5) == .milliseconds(-500))
    #expect(Span.seconds(rounding: 1e30).ns == .max)
    #expect(Span.seconds(rounding: -1e30).ns == .min)
  }

  @Test func aRatioIsRoundedToPartsPerMillion() {
    #expect(Ratio(1, of: 3).ppm == 333_333)
    #expect(Ratio(2, of: 3).ppm == 666_667)
    #expect(Ratio(5, of: 0) == .zero)
    #expect(Ratio(rounding: 0.05) == Ratio(ppm: 50_000))
  }

  @Test func anIDThatNamesNothingIsNone() {
    #expect(PodID.none.isNone)
    #expect(!PodID(0).isNone)
    #expect(PodID(3) < PodID(4))
  }
}
