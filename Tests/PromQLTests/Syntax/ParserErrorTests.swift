import PromQL
import Testing

/// What is wrong, where, and what to write instead.
@Suite struct ParserErrorTests {
  static let cases: [(query: String, error: String)] = [
    ("", "1:1: no expression found in input; write one"),
    ("sum(", "1:5: unexpected end of input; write an expression"),
    ("up{job=}", "1:8: unexpected \"}\"; write a string in quotes"),
    ("up{job='a'", "1:11: unexpected end of input in label matching; write \",\" or \"}\""),
    ("up{job==\"a\"}", "1:7: unexpected \"==\" in label matching; write one of =, !=, =~, !~"),
    ("up{job=\"a}", "1:8: unterminated quoted string; write \" at its end"),
    ("up[5m", "1:6: unexpected end of input in subquery or range; write \":\" or \"]\""),
    (
      "up[5]offset",
      "1:12: unexpected end of input in duration; write a number, duration, step() "
        + "or range()"
    ),
    ("up[0s]", "1:4: duration must be greater than 0; write one such as 5m"),
    ("up[5x]", "1:4: bad number or duration syntax: \"5x\"; write 1.5, 0x1f, 1e3 or 1h30m"),
    (
      "(up + up)[5m]",
      "1:10: ranges only allowed for vector selectors; write [range:step] for a "
        + "subquery"
    ),
    (
      "up offset 5m[5m]",
      "1:13: no offset modifiers allowed before range; write it after the "
        + "brackets"
    ),
    ("1 + rte(up[5m])", "1:5: unknown function with name \"rte\"; did you mean rate?"),
    (
      "rate(up)", "1:6: expected type range vector in call to function \"rate\", got instant vector"
    ),
    ("rate(up[5m], 1)", "1:1: expected 1 argument(s) in call to \"rate\", got 2"),
    ("round()", "1:1: expected at least 1 argument(s) in call to \"round\", got 0"),
    (
      "sum(up[5m])", "1:5: expected type instant vector in aggregation expression, got range vector"
    ),
    (
      "topk(up)",
      "1:1: wrong number of arguments for aggregate expression provided, expected 2, got "
        + "1; write topk(parameter, vector)"
    ),
    ("sum by job (up)", "1:8: unexpected \"job\" in grouping opts; write \"(\""),
    ("1 == 1", "1:3: comparisons between scalars must use BOOL modifier; write == bool"),
    ("up + bool up", "1:4: bool modifier can only be used on comparison operators"),
    ("up and 1", "1:1: set operator \"and\" not allowed in binary scalar expression"),
    ("up and on (a) group_left up", "1:1: no grouping allowed for \"and\" operation"),
    (
      "up + group_left up",
      "1:6: unexpected \"group_left\"; write \"on (label, ...)\" or "
        + "\"ignoring (label, ...)\" before it"
    ),
    (
      "up * on (a) group_left (a) up",
      "1:4: label \"a\" must not occur in ON and GROUP clause at "
        + "once"
    ),
    (
      "{}",
      "1:1: vector selector must contain at least one non-empty matcher; write a metric's name"
    ),
    (
      "up{__name__=\"down\"}",
      "1:1: metric name must not be set twice: \"up\" or \"down\"; leave one "
        + "out"
    ),
    (
      "up $ down",
      "1:4: unexpected character: '$'; names with it are written in quotes: {\"name\", "
        + "\"label\"=\"value\"}"
    ),
    ("up\n  + (\n  1", "3:4: unexpected end of input in parentheses; write \")\""),
    (
      "-\"text\"",
      "1:1: unary expression only allowed on expressions of type scalar or instant "
        + "vector, got \"string\""
    ),
    ("rate(up[5m],)", "1:12: trailing commas not allowed in function call args; leave it out"),
    ("up @ 1e30", "1:6: timestamp out of bounds for @ modifier: 1e+30; write seconds since 1970"),
    ("up[5m / 0]", "1:7: division by zero"),
    ("\"\\q\"", "1:2: error unquoting string \"\\q\": unknown escape sequence \\q"),
  ]

  @Test func errorsHaveTheirPlace() {
    for (query, wanted) in ParserErrorTests.cases {
      do {
        let read = try Query(query)
        Issue.record("\(query) was read as \(read.expression)")
      } catch {
        #expect(error.description(in: query) == wanted)
        #expect(error.kind == .syntax)
      }
    }
  }

  /// What nobody writes must not exhaust the stack.
  @Test func depthIsBounded() {
    let deep = String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    let signs = String(repeating: "-", count: 100_000) + "up"
    let long = "up" + String(repeating: " + up", count: 100_000)
    let duration = "up[" + String(repeating: "(", count: 100_000) + "1"
    for query in [deep, signs, long, duration, "up[1" + String(repeating: "+1", count: 100_000)] {
      do {
        _ = try Query(query)
        Issue.record("a query of \(query.utf8.count) bytes was read")
      } catch {
        #expect(error.message.hasPrefix("expression is too deep"), "\(error)")
      }
    }
    #expect(throws: Never.self) { _ = try Query("up" + String(repeating: " + up", count: 400)) }
  }

  @Test func aBadPatternIsToldWithItsMatcher() {
    do {
      _ = try Query("up{job=~\"(\"}")
      Issue.record("the pattern was read")
    } catch {
      #expect(error.description(in: "up{job=~\"(\"}").hasPrefix("1:4: error parsing regexp: "))
    }
  }
}
