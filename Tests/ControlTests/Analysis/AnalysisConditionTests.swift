import ClusterAPI
import Control
import Testing

/// What conditions say; the answers are those of expr-lang 1.17.
@Suite struct AnalysisConditionTests {
  private static let two = MeasuredResult.vector([0.5, 1.5])
  private static let none = MeasuredResult.vector([])

  /// nil: the measurement is an error.
  private func answer(_ text: String, _ result: MeasuredResult) throws -> Bool? {
    let condition = try AnalysisCondition(text)
    return try? condition.holds(result)
  }

  /// Those of the documentation, of published templates and of recordings.
  @Test(
    arguments: [
      ("result[0] >= 0.95", MeasuredResult.vector([0.95]), true),
      ("result[0] >= 0.95", .vector([0.94]), false),
      ("result[0] > 0.90", .vector([0.90]), false),
      ("result[0] <= 0.01", .vector([0.01]), true),
      ("result <= 0.01", .scalar(0.02), false),
      ("result <= 0.01", .vector([0.0]), nil),
      ("all(result, # < 1000)", .vector([1, 999.5]), true),
      ("all(result, # < 1000)", .vector([1, 1000]), false),
      ("all(result, # < 1000)", none, true),
      ("all(result, {# < 1000})", .scalar(1), nil),
      ("default(result, 0) < 10", .scalar(9), true),
      ("default(result, 0) < 10", .vector([9]), nil),
      ("default(result, 0) > 4", none, nil),
      ("result[0] < 5", .vector([4.99]), true),
      ("result[0] < 5", .vector([5, 1]), false),
      ("result[0] < 5", none, nil),
      ("result[0] < 5", .vector([.nan]), false),
      ("result[0] < 5", .scalar(1), nil),
      ("result[0] > 5", .vector([.infinity]), true),
      ("result < 5", .scalar(1.5), true),
      ("isNaN(result[0]) || result[0] < 5", .vector([.nan]), true),
      ("isNaN(result[0]) || result[0] < 5", .vector([7]), false),
      ("isNaN(result[0]) || result[0] < 5", none, nil),
      ("result == 'It worked!'", .scalar(1), nil),
      ("len(result) == 0 || isNaN(result[0]) || result[0] < 5", none, true),
      ("len(result) == 0 || result[0] < 5", .scalar(1), nil),
    ] as [(String, MeasuredResult, Bool?)])
  func publishedConditionsHold(text: String, result: MeasuredResult, expected: Bool?) throws {
    #expect(try answer(text, result) == expected)
  }

  @Test(arguments: [
    // Precedence.
    ("1 + 2 * 3 ** 2 ^ 1 == 19", true), ("-2 ** 2 == -4.0", true), ("2 ** 3 ** 2 == 512", true),
    ("5 - 3 - 1 == 1", true), ("not true == false", true), ("!(result[0] > 1) or false", true),
    ("true or false and false", true), ("-result[0] < 0", true), ("3 > 2 == true", true),
    ("3 > 2 > 1", true), ("1 < 2 < 2", false), ("1 in [1] == true", true),
    ("true ? true ? false : true : true", false), ("1 > 0 ? 1 == 1 : 2 == 0", true),
    ("false ?: true", true), ("1 not in [2] == true", true), ("2 * nil ?? 3 == 6", true),
    // Numbers.
    ("1 / 2 == 0.5", true), ("7 % -3 == 1", true), ("-7 % 3 == -1", true), ("1 == 1.0", true),
    ("0x10 + 0b11 + 0o17 + 1_000 == 1034", true), (".5e1 == 5", true), ("1. == 1", true),
    ("0.1 + 0.2 == 0.3", false), ("9223372036854775807 + 1 < 0", true), ("1 / 0 > 1e308", true),
    ("2 ** 0.5 > 1.414", true), ("010 == 10", true), ("5e-1 in result", true),
    // Texts.
    ("\"a\" + 'b' == `ab`", true), ("'it\\'s' == \"it's\"", true), ("'\\u00e9' == 'é'", true),
    ("'abc' contains 'b' and 'abc' not startsWith 'b' and 'abc' endsWith 'bc'", true),
    ("'xaabx' matches 'a+b'", true), ("'a\\nb' matches 'a.b'", false), ("'a' < 'b'", true),
    ("len('héllo') == 5", true),
    // Lists.
    ("result[-1] == 1.5", true), ("result[1:] == [1.5]", true), ("result[:-1] == [0.5]", true),
    ("result[-9:9] == result", true), ("result[5:] == []", true), ("result == [0.5, 1.5,]", true),
    ("2 in result", false), ("nil in result", false), ("[1] in [[1.0]]", true),
    ("result != nil", true), ("[1, 2][0] == 1", true),
    // Functions.
    ("len(result) == 2 && count(result, # > 1) == 1", true), ("sum(result) == 2", true),
    ("sum(result, # * 2) == 4", true), ("sum([]) == 0", true), ("mean(result) == 1", true),
    ("mean([]) == 0", true), ("mean(1, result) == 1", true), ("min(result) == 0.5", true),
    ("max(result, 9) == 9", true), ("min([1, [0, -3]]) == -3", true), ("min([]) == nil", true),
    ("abs(-1.5) == 1.5", true), ("ceil(1.2) == 2", true), ("floor(-1.2) == -2", true),
    ("round(2.5) == 3 and round(-2.5) == -3", true), ("int(-2.9) == -2", true),
    ("int('12') + int('+5') == 17", true), ("float('1e3') == 1000", true),
    ("string(1.5) + string(1) == '1.51'", true), ("string(1e21) == '1e+21'", true),
    ("first(result) < last(result)", true), ("first([]) == nil", true),
    ("any(result, # > 1)", true), ("one(result, # > 1)", true), ("none(result, # > 9)", true),
    ("any([], true)", false), ("filter(result, # > 1) == [1.5]", true),
    ("map(result, # * 2)[1] == 3", true), ("all(result, any([#], # > 0)) and true", true),
    ("all(result, {# < 2 && any(result, {# > 1})})", true), ("count([true, false]) == 1", true),
    ("asInt(result[1]) == 1 and asFloat('1.1') == 1.1", true), ("isNaN(1) || isInf(1 + 2)", false),
    ("isNil(result) || isNil(nil)", false), ("default(nil, 1) == result", true),
    ("int(1e300) < 0", true),
    // What is not computed cannot fail.
    ("len(result) > 5 ? result[5] < 1 : true", true), ("false && result[5] > 1", false),
    ("true || result[5] > 1", true),
    // Nor what a literal on the right decides.
    ("result[5] > 1 || true", true), ("result[5] > 1 && 1 == 2", false),
    ("result[5] > 1 || 1 + 1 == 2", true), ("result[0] > 1 /* never */ // is true", false),
  ])
  func theLanguageIsThatOfExpr(text: String, expected: Bool) throws {
    #expect(try answer(text, AnalysisConditionTests.two) == expected)
  }

  /// Where the text is read, and has no answer for the result.
  @Test(
    arguments: [
      ("result > 1", two, 7, "`>` cannot take a list and a number: write such as `result[0]`"),
      (
        "result == 1", two, 7,
        "`==` or `!=` cannot take a list and a number: write such as `result[0]`"
      ),
      (
        "default(result, 0) > 1", two, 19,
        "`>` cannot take a list and a number: write such as `result[0]`"
      ),
      ("result[0] > 1", none, 6, "there is no element 0: the list is empty"),
      ("result[2] > 1", two, 6, "there is no element 2: the list has 2"),
      ("result[-3] > 1", two, 6, "there is no element -3: the list has 2"),
      ("result[0] > 1", .scalar(1), 6, "a number has no elements"),
      ("first(result) > 1", none, 14, "`>` cannot take nil and a number"),
      ("result[0]", two, 6, "expected true or false, but got a number"),
      ("result", two, 0, "expected true or false, but got a list"),
      ("default(result, 0)", .scalar(1), 0, "expected true or false, but got a number"),
      ("nil", two, 0, "expected true or false, but got nil"),
      ("result[0] > 1 and 1", two, 14, "`and` or `or` cannot take a truth value and a number"),
      // Also where it would not be computed.
      (
        "true || result > 1", two, 15,
        "`>` cannot take a list and a number: write such as `result[0]`"
      ),
      ("not result[0] > 1", two, 0, "`not` cannot take a number"),
      ("1 < 2 == 2 > 1", two, 6, "`==` or `!=` cannot take a truth value and a number"),
      ("all(result, 1)", two, 12, "the predicate of all is a number instead of true or false"),
      ("all(result, # > 1)", .scalar(1), 4, "all wants a list, and this is a number"),
      ("count(result) == 2", two, 6, "true or false is wanted, and this is a number"),
      (
        "result[0] % 2 == 0", two, 10, "`%` wants whole numbers: write such as `int(result[0]) % 2`"
      ),
      ("len(result) % (len(result) - 2) == 0", two, 12, "a remainder of zero"),
      (
        "result[0.5] > 1", two, 7,
        "an index is a whole number, not a number: write `int(...)` around it"
      ),
      ("'a' in result", two, 4, "a text cannot be in a list of numbers"),
      ("1 in 'abc'", two, 2, "`in` cannot take a number and a text"),
      ("'a' + 1 == 'a1'", two, 4, "`+` cannot take a text and a number"),
      ("1 == '1'", two, 2, "`==` or `!=` cannot take a number and a text"),
      ("result[0] contains 'a'", two, 10, "`contains` cannot take a number and a text"),
      ("isNaN(result)", two, 0, "isNaN cannot take a list: write such as `result[0]`"),
      (
        "isNaN(len(result))", two, 0,
        "isNaN cannot take a whole number: write `float(...)` around it"
      ),
      ("asInt('1.1') == 1", two, 0, "`1.1` is no whole number"),
      ("float('a') == 1", two, 0, "`a` is no number, or too large"),
      ("max('a', 1) == 1", two, 0, "max cannot take a text"),
      ("sum(['a']) == 'a'", two, 4, "sum wants numbers, and this is a text"),
      ("(-result)[0] < 1", two, 1, "a sign cannot take a list: write such as `result[0]`"),
      ("'abc'[1:] == 'bc'", two, 5, "a part of a text is not supported"),
      ("nil ? true : false", two, 0, "the condition of `?` cannot take nil"),
    ] as [(String, MeasuredResult, Int, String)])
  func whatHasNoAnswerSaysWhy(
    text: String, result: MeasuredResult, offset: Int, message: String
  ) throws {
    let condition = try AnalysisCondition(text)
    #expect(throws: ConditionError(message, at: offset)) { try condition.holds(result) }
  }

  @Test(arguments: [
    ("", 0, "the expression ends too early"),
    ("result[0] >", 11, "the expression ends too early"),
    ("result[0", 8, "the expression ends too early: write `]` before it"),
    ("result[0] > 5)", 13, "`)` does not belong here"),
    ("result[0] 5", 10, "`5` does not belong here"),
    ("result[0] = 5", 10, "`=` has no meaning here; equality is `==`"),
    ("result[0] < 5 & true", 14, "`&` has no meaning here; both is `&&`"),
    ("reslt[0] < 5", 0, "unknown name reslt: a condition knows `result` only"),
    ("lenth(result) < 5", 0, "unknown name lenth"),
    ("len < 5", 0, "`len` is a function: write such as `len(result)`"),
    ("result(1)", 0, "`result` is no function"),
    (
      "result.value > 1", 6,
      "a field is not supported: what Prometheus answers is a number or a list of numbers"
    ),
    ("{a: 1} == 1", 0, "a map is not supported in a condition"),
    ("1 in 1..3", 6, "a range is not supported in a condition"),
    ("result | len() > 1", 7, "the pipe is not supported in a condition"),
    ("let a = 1; a > 0", 0, "`let` is not supported in a condition"),
    ("true; false", 4, "several expressions is not supported in a condition"),
    ("if true { 1 } else { 2 }", 0, "`if` is not supported in a condition: write `a ? b : c`"),
    ("median(result) > 1", 0, "the function median is not supported in a condition"),
    ("map(result, #index) == [0]", 13, "`#index` is not supported in a condition"),
    ("# > 1", 0, "`#` stands in a predicate only, such as `all(result, # < 1)`"),
    ("all(result)", 0, "all wants a list and a predicate, such as `all(result, # < 1)`"),
    ("abs(1, 2) > 1", 0, "abs wants 1 arguments, and has 2"),
    ("min() > 1", 0, "min wants at least 1 arguments, and has 0"),
    ("nil ?? 2 == 2", 9, "`==` beside `??` needs parentheses around one"),
    ("true not == false", 9, "`==` does not belong here"),
    ("'a' matches '('", 12, "error parsing regexp: missing closing ): `(`"),
    ("'abc", 0, "the text does not end"), ("/* a", 0, "the comment does not end"),
    ("'\\q' == 'q'", 1, "a backslash is written `\\\\` inside of a text"),
    ("1e400 > 1", 0, "`1e400` is no number, or too large"),
    ("1a", 0, "`1a` is no number, or too large"),
    ("9223372036854775808 > 1", 0, "`9223372036854775808` is no number, or too large"),
    ("5 % 0 == 1", 2, "a remainder of zero"),
    ("result[0] < {{args.limit}}", 12, "a map is not supported in a condition"),
  ])
  func whatIsNoConditionSaysWhere(text: String, offset: Int, message: String) {
    #expect(throws: ConditionError(message, at: offset)) { try AnalysisCondition(text) }
  }

  @Test func depthAndLengthAreBounded() throws {
    for (open, close) in [("(", ")"), ("[", "]"), ("!", ""), ("len([", "])"), ("1 + (", ")")] {
      let text =
        String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
      #expect(throws: ConditionError.self) { try AnalysisCondition(text) }
    }
    #expect(throws: ConditionError.self) {
      try AnalysisCondition("1" + String(repeating: " + 1", count: 100_000))
    }
    let sum = try AnalysisCondition("1" + String(repeating: " + 1", count: 150) + " == 151")
    #expect(try sum.holds(.scalar(0)))
    // Each part is computed once, however often it is compared.
    let nested =
      String(repeating: "(true ?: ", count: 60) + "true" + String(repeating: ")", count: 60)
    #expect(try AnalysisCondition(nested).holds(.scalar(0)))
    let long = MeasuredResult.vector(Array(repeating: 0, count: 300))
    let loops = try AnalysisCondition(
      "all(result, all(result, all(result, all(result, # == 0))))")
    #expect(throws: ConditionError.self) { try loops.holds(long) }
  }

  /// A text that no result can satisfy is known without one.
  @Test(arguments: [
    ("result > 1", true), ("result[0] > 1", true), ("result > 1 || result[0] > 1", false),
    ("1", false), ("'a' > 1", false), ("default(result, 0) > 1", true),
  ])
  func whatNeverHasAnAnswerIsKnown(text: String, mayHave: Bool) throws {
    #expect((try AnalysisCondition(text).error == nil) == mayHave)
  }

  @Test func conditionsAreEqualByTheirTexts() throws {
    #expect(try AnalysisCondition("result > 1") == AnalysisCondition("result > 1"))
    #expect(try AnalysisCondition("result > 1") != AnalysisCondition("result >1"))
    #expect(try Set([AnalysisCondition("true"), AnalysisCondition("true")]).count == 1)
  }
}
