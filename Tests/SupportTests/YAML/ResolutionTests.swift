import Testing
import YAML

@Suite struct ResolutionTests {
  @Test(
    arguments: [
      ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("nUll", .string("nUll")),
      ("true", .boolean(true)), ("Yes", .boolean(true)), ("y", .boolean(true)),
      ("ON", .boolean(true)), ("off", .boolean(false)), ("N", .boolean(false)),
      ("tRUE", .string("tRUE")), ("yes!", .string("yes!")),
      ("0", .integer(0)), ("-12", .integer(-12)), ("+5", .integer(5)), ("1_000", .integer(1000)),
      ("010", .integer(8)), ("0o17", .integer(15)), ("0x1F", .integer(31)), ("-0xf", .integer(-15)),
      ("0b101", .integer(5)), ("-0b1", .integer(-1)), ("0777", .integer(511)), ("00", .integer(0)),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .unsigned(9_223_372_036_854_775_808)),
      ("18446744073709551616", .float(18_446_744_073_709_551_616)),
      ("08", .float(8)), ("1.5", .float(1.5)), ("1.", .float(1)), (".5", .float(0.5)),
      ("-1.5e3", .float(-1500)), ("1e3", .float(1000)), ("1e+3", .float(1000)),
      (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)), ("+.Inf", .float(.infinity)),
      ("1e999", .string("1e999")), ("1e", .string("1e")), ("--1", .string("--1")),
      ("0x", .string("0x")), ("0x-1", .string("0x-1")), ("0xg", .string("0xg")),
      ("-", .string("-")), ("+", .string("+")), (".", .string(".")), ("..", .string("..")),
      ("1.2.3", .string("1.2.3")), ("100m", .string("100m")), ("1:30", .string("1:30")),
      ("2024-01-01", .string("2024-01-01")), ("nan", .string("nan")), ("inf", .string("inf")),
      ("0x1p3", .string("0x1p3")), ("<<", .string("<<")), ("500Mi", .string("500Mi")),
    ] as [(String, Resolved)])
  func plainScalarsAreReadAsKubernetesReadsThem(text: String, expected: Resolved) {
    #expect(Scalar(text).resolved == expected)
  }

  @Test func notANumberIsAFloat() {
    guard case .float(let double) = Scalar(".nan").resolved else {
      Issue.record(".nan is no float")
      return
    }
    #expect(double.isNaN)
  }

  @Test(arguments: [Scalar.Style.singleQuoted, .doubleQuoted, .literal, .folded])
  func quotedScalarsAreStrings(style: Scalar.Style) {
    #expect(Scalar("true", style: style).resolved == .string("true"))
    #expect(Scalar("", style: style).resolved == .string(""))
  }

  @Test func tagsDecide() throws {
    let text = "[!!str 5, !!int '5', !!float 5, ! 5, !Ref 5, !!null '', !!bool 'yes']"
    let nodes = try #require(try parse(text).first?.root?.sequence)
    #expect(
      nodes.map(\.resolved) == [
        .string("5"), .integer(5), .float(5), .string("5"), .string("5"), .null, .boolean(true),
      ])
  }

  @Test func keysBecomeJSONKeys() throws {
    let text = "{8080: a, on: b, 1.0: c, 'x': d, 0x10: e, 1.5: f}"
    let pairs = try #require(try parse(text).first?.root?.mapping)
    #expect(pairs.map(\.key.keyText) == ["8080", "true", "1", "x", "16", "1.5"])
    #expect(try parse("? [a]\n: b\n")[0].root?.mapping?[0].key.keyText == nil)
  }

  @Test func typesHaveNames() throws {
    let text = "[a, 1, 1.5, true, null, [], {}]"
    let nodes = try #require(try parse(text).first?.root?.sequence)
    #expect(
      nodes.map(\.typeName)
        == ["string", "integer", "number", "boolean", "null", "sequence", "mapping"])
  }
}
