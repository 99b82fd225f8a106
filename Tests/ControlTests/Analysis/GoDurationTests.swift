import Control
import Testing
import Units

@Suite struct GoDurationTests {
  @Test(
    arguments: [
      ("1m30s", 90_000_000_000), ("5m", 300_000_000_000), ("1.5h", 5_400_000_000_000), ("0", 0),
      ("-2s", -2_000_000_000), ("+0", 0), (".5s", 500_000_000), ("1.s", 1_000_000_000),
      ("100ms", 100_000_000), ("3us", 3000), ("3\u{B5}s", 3000), ("7ns", 7),
      ("1s1s", 2_000_000_000),
      ("0h", 0), ("2540400h", 9_145_440_000_000_000_000),
    ] as [(String, Int64)])
  func durationsAreRead(text: String, nanoseconds: Int64) {
    #expect(GoDuration.span(text) == Span(ns: nanoseconds))
  }

  @Test(arguments: [
    "", "5", "s", "-", ".s", "1d", "1m ", " 1m", "1 m", "1..5s", "1.5.5s", "--1s", "1m30",
    "2562048h", "9223372036854775808ns", "1M", "60s-typo",
  ])
  func whatIsNoDurationIsNone(text: String) {
    #expect(GoDuration.span(text) == nil)
  }
}
