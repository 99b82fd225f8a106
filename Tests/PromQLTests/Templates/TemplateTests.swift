import Testing

@testable import PromQL

@Suite struct TemplateTests {
  @Test(arguments: [
    ("{{ $label.foo }}", "undefined variable \"$label\"", 4),
    ("a\n{{ nothing 1 }}", "function \"nothing\" not defined", 4),
    ("{{ if true }}x", "unexpected EOF: {{if}} has no {{end}}", 1),
    ("{{ end }}", "unexpected {{end}}", 1),
    ("{{ .Value ", "unclosed action", 11),
    ("{{ }}", "missing value for command", 4),
    ("{{ 1 | 2 }}", "non executable command in pipeline stage", 8),
    ("{{ \"abc }}", "unterminated quoted string", 4),
    ("{{ 1x }}", "bad number syntax: \"1x\"", 4),
    ("{{ (1 }}", "unclosed left paren", 4),
    ("{{ break }}", "break and continue stand in range only", 1),
    ("{{ $x := 1 }}{{ if true }}{{ $y := 2 }}{{ end }}{{ $y }}", "undefined variable \"$y\"", 52),
    ("{{ else }}", "unexpected {{else}}", 1),
    ("{{/* open", "unclosed comment", 1),
  ])
  func errorsTellWhere(text: String, message: String, column: Int) {
    let error = #expect(throws: TemplateError.self) { try Template(text) }
    #expect(error?.message == message)
    #expect(error?.column == column)
    #expect(error?.line == (text.contains("\n") ? 2 : 1))
  }

  private func filled(_ text: String) throws -> String {
    let data = TemplateData(
      labels: Labels([Label("job", "api")]), value: 0.25,
      externalURL: "http://prom.example/prefix?x", time: 1_700_000_000_500)
    return try Template(text).expanded(data) { _ throws(QueryError) in [] }
  }

  @Test(arguments: [
    ("{{ externalURL }} {{ pathPrefix }}", "http://prom.example/prefix?x /prefix"),
    ("{{ now }}", "1.7000000005e+09"),
    ("{{ toTime 1700000000.5 }}", "2023-11-14 22:13:20.5 +0000 UTC"),
    ("{{ toTime -1.5 }}", "1969-12-31 23:59:58.5 +0000 UTC"),
    ("{{ toDuration 3723.5 }} {{ toDuration 0.0015 }} {{ toDuration 0 }}", "1h2m3.5s 1.5ms 0s"),
    ("{{ toDuration 90 | humanizeDuration }}", "1m 30s"),
    ("{{ urlQueryEscape \"a&b=c\" }}", "a%26b%3Dc"),
    ("no braces { } here", "no braces { } here"),
    ("{{ printf \"%.3f %.0f %.0f %.0f\" 0.0005 0.5 1.5 2.5 }}", "0.001 0 2 2"),
    ("{{ printf \"%.20f\" 0.1 }}", "0.10000000000000000555"),
    (
      "{{ printf \"%g %g %g\" 5e-324 1.7976931348623157e308 123456789.0 }}",
      "5e-324 1.7976931348623157e+308 1.23456789e+08"
    ),
  ])
  func functionsAnswer(text: String, expected: String) throws {
    #expect(try filled(text) == expected)
  }

  @Test func nothingRunsOn() throws {
    #expect(throws: TemplateError.self) {
      try filled("{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}")
    }
    let range = "{{ range $labels }}"
    let nested = String(repeating: range, count: 101) + String(repeating: "{{ end }}", count: 101)
    #expect(throws: TemplateError.self) { try Template(nested) }
    #expect(throws: TemplateError.self) {
      try filled(String(repeating: "{{ printf \"%10000d\" 1 }}", count: 200))
    }
  }

  @Test func decimalDigitsAreExact() {
    #expect(DecimalDigits(exactly: 0.1).digits.count == 55)
    #expect(DecimalDigits(exactly: 0x1p-1074).digits.count == 751)
    #expect(DecimalDigits(exactly: 1e22).digits == [1])
    #expect(DecimalDigits(exactly: 1e22).point == 23)
    #expect(
      DecimalDigits(shortest: 1.25e-7) == DecimalDigits(exactly: 0x1p-3).with(point: -6, [1, 2, 5]))
  }
}

extension DecimalDigits {
  fileprivate func with(point: Int, _ digits: [UInt8]) -> DecimalDigits {
    var result = self
    result.point = point
    result.digits = digits
    return result
  }
}
