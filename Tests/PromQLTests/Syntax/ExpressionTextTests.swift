import Testing

@testable import PromQL

/// Expressions print to PromQL that reads back.
@Suite struct ExpressionTextTests {
  static let same = [
    "up", "up{job=\"a\",pod!~\"b.*\"}", "{__name__=~\"a|b\"}", "{\"status.code\"=\"200\"}",
    "up offset 5m", "up @ 12.500 offset -1h30m", "up @ start()", "rate(up[5m] @ end() offset 1m)",
    "up anchored[5m]", "rate(up smoothed[5m])", "max_over_time(up[1h:5m])", "up[1h:]",
    "up[step() * 2 + 1]", "up offset (5m * 2)", "up offset min_of(step(), 5m)",
    "sum by (job, \"a.b\") (up)", "topk without (pod) (3, up)", "count_values(\"v\\n\", up)",
    "a + on (x) group_left (y) b", "a > bool ignoring (z) group_right () b",
    "a * on (x) fill (0) b", "a * on (x) fill_left (1) fill_right (-2) b", "-(a + b) ^ 2",
    "a and b or c unless d", "1 + 2 * 3 - -4", "time() atan2 5m", "\"text \\\" \\xff\"",
    "quantile_over_time(0.5, up[5m])", "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")",
  ]

  @Test(arguments: same)
  func aTextStaysAsItIs(text: String) throws {
    #expect(try Query(text).expression.description == text)
  }

  @Test(arguments: [
    ("SUM(up) BY (job)", "sum by (job) (up)"),
    ("up{ 'a' = `b`, }", "up{a=\"b\"}"),
    ("0x10 + 1_000 + .5 + Inf", "16 + 1000 + 0.5 + +Inf"),
    ("up[90s]", "up[1m30s]"),
    ("1e6 # a comment", "1e+06"),
    ("up[5m] smoothed", "up smoothed[5m]"),
    ("{'http.requests'}", "{__name__=\"http.requests\"}"),
    ("up OFFSET 7d", "up offset 1w"),
  ])
  func otherSpellingsAreNormal(text: String, normal: String) throws {
    let printed = try Query(text).expression.description
    #expect(printed == normal)
    #expect(try Query(printed).expression.description == normal)
  }

  @Test func operatorsBindAsTheyShould() throws {
    for (text, wanted) in [
      ("a + b * c", "+"), ("a * b + c", "+"), ("a ^ b ^ c", "^"), ("a == b + c", "=="),
      ("a and b == c", "and"), ("a or b and c", "or"), ("-a ^ b", "-"), ("-a * b", "*"),
    ] {
      switch try Query(text).expression {
      case .binary(let node): #expect(node.operation.rawValue == wanted)
      case .unary: #expect(wanted == "-")
      default: Issue.record("\(text) is no operation")
      }
    }
  }

  @Test func numbersAreWrittenAsGoDoes() {
    #expect(
      [0.1, 1e21, 100, 1.5e-7].map(plainText) == [
        "0.1", "1000000000000000000000", "100", "0.00000015",
      ])
    #expect(
      [0.1, 1e21, 123_456, 1_234_567, 1e-5, -.infinity].map(shortText) == [
        "0.1", "1e+21", "123456", "1.234567e+06", "1e-05", "-Inf",
      ])
    #expect(
      [0, 2, 12, 99.6, 123, 0.0456, 1.96e-7].map(roughText)
        == ["0", "2", "12", "1e+02", "1.2e+02", "0.046", "2e-07"])
    #expect([0, 0.5, 1, .nan].map(openMetricsText) == ["0.0", "0.5", "1.0", "NaN"])
  }

  @Test func durationsAreReadAndWritten() {
    #expect(durationMilliseconds("1d2h3m4s5ms") == 93_784_005)
    #expect(durationMilliseconds("1y") == 31_536_000_000 && durationMilliseconds("0") == 0)
    for text in ["", "5", "m5", "5m1h", "5m5m", "5 m", "-5m", "1000y", "99999999999999999999s"] {
      #expect(durationMilliseconds(text) == nil, "\(text)")
    }
    #expect(durationText(93_784_005) == "1d2h3m4s5ms" && durationText(604_800_000) == "1w")
    #expect(durationText(694_800_000) == "8d1h" && durationText(0) == "0s")
  }
}
