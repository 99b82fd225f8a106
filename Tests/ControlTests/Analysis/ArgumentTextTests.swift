import Control
import Testing

@Suite struct ArgumentTextTests {
  private let arguments = [
    AnalysisVariable("limit", "4"), AnalysisVariable("service-name", "web"),
    AnalysisVariable("restarts.max-restarts", "7"), AnalysisVariable("braces", "{{args.limit}}"),
    AnalysisVariable("limit", "5"),
  ]

  @Test(arguments: [
    ("", ""), ("result[0] < 5", "result[0] < 5"), ("a } b { c", "a } b { c"),
    ("result[0] < {{args.limit}}", "result[0] < 5"),
    ("{{ args.limit }}{{\targs.limit\n}}", "55"),
    ("{{ args.restarts.max-restarts }}", "7"),
    ("up{job=\"{{args.service-name}}\"}[5m]", "up{job=\"web\"}[5m]"),
    ("{{args.braces}}", "{{args.limit}}"), ("é{{args.limit}}é", "é5é"), ("}}{{args.limit}}", "}}5"),
  ])
  func argumentsAreFilledIn(text: String, expected: String) throws {
    #expect(try ArgumentText.filled(text, arguments) == expected)
  }

  @Test(arguments: [
    ("{{args.limits}}", "failed to resolve {{args.limits}}: known are {{args.limit}}, "),
    ("{{ limit }}", "failed to resolve {{ limit }}: known are "),
    ("{{inputs.limit}}", "failed to resolve {{inputs.limit}}: known are "),
    ("{{args. limit}}", "failed to resolve {{args. limit}}: "),
    ("{{}}", "failed to resolve {{}}: "),
    ("{{{args.limit}}}", "failed to resolve {{{args.limit}}: "),
    ("{{ $labels.pod }}", "failed to resolve {{ $labels.pod }}: "),
    ("a {{args.limit", "`{{` is not closed: write `}}` behind the name"),
    ("{{args.limit}} {{", "`{{` is not closed: write `}}` behind the name"),
  ])
  func unknownNamesAreErrors(text: String, message: String) throws {
    do {
      _ = try ArgumentText.filled(text, arguments)
      Issue.record("\(text) is filled")
    } catch {
      #expect(error.message.hasPrefix(message), "\(error.message)")
    }
    #expect(
      throws: AnalysisError("failed to resolve {{args.limit}}: there are no arguments")
    ) { try ArgumentText.filled("{{args.limit}}", []) }
  }

  @Test func placesAreListed() throws {
    #expect(
      try ArgumentText.places(in: "é {{ args.a.b }} {{c}}") == [
        .init(argument: "a.b", written: " args.a.b ", offset: 3),
        .init(argument: nil, written: "c", offset: 18),
      ])
    #expect(throws: AnalysisError.self) { try ArgumentText.places(in: "{{a") }
  }
}
