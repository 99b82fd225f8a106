import ClusterAPI
import Testing
import YAML

@testable import Manifests

/// What is written as YAML is read as the same value.
struct YAMLTextTests {
  private static func read(_ text: String) throws -> DocumentValue? {
    let documents = try YAML.parse(text)
    #expect(documents.count == 1 && documents[0].problems.isEmpty, "\(text)")
    return documents.first?.root?.documentValue
  }

  /// Read as something else by some reader, or not at all, where they stand without quotes.
  static let strings = [
    "", " ", "  a", "a ", "a", "web", "shop/web:v2", "128Mi", "500m", "25%", "10s", "2Gi", "1e3",
    "0x1F", "0b1", "0o17", "017", "1_000", "1.5", "-1", "+1", ".5", "5.", ".inf", ".nan", "-.inf",
    "12:30", "12:30:45", "2024-01-01", "2001-12-14t21:59:43Z", "1.2.3", "10.0.0.1", "y", "N", "Yes",
    "off", "TRUE", "nUll", "~", "null", "<<", "=", "-", "- a", "--- a", "---", "...", "?", "? a",
    "a: b", "a:", ":a", "a:b", "a #b", "#a", "&a", "*a", "!a", "!!str a", "%a", "@a", "`a`", "|",
    ">",
    "[a]", "{a: b}", "a, b", "'a'", "\"a\"", "a\\b", "a\tb", "\ta", "a\nb", "a\nb\n", "a\n\nb",
    "a\n\n",
    "\n", "\na", "a\n b\n", " a\nb", "a\n  \nb", "a\n\tb\n", "a\r\nb", "a\rb", "a\u{0}b",
    "a\u{7F}b",
    "a\u{85}b", "a\u{2028}b", "\u{FEFF}a", "größe", "日本", "🌊", "e\u{301}", "a\u{A0}b", "\u{FFFE}",
    "#!/bin/sh\nset -e\n  echo: \"x\" # y\n", "--- a\n... b\n", "a \nb ",
    String(repeating: "long ", count: 300),
  ]

  static let values: [DocumentValue] =
    strings.map(DocumentValue.string) + [
      .null, .bool(true), .bool(false), .integer(0), .integer(-7), .integer(.max), .integer(.min),
      .number("1.50"), .number("18446744073709551615"), .number("1e3"), .number(".inf"),
      .number("1_000.5"), .list([]), .object([]),
    ]

  /// Every value alone, in a list, as a field, as a key and two deep.
  @Test(arguments: values.indices)
  func isReadAsItWas(index: Int) throws {
    let value = YAMLTextTests.values[index]
    var shapes: [DocumentValue] = [
      value, .list([value, .string("next")]), .list([.list([value, value]), .list([])]),
      .object([.init("key", value), .init("next", .integer(1))]),
      .object([.init("list", .list([.object([.init("a", value), .init("b", value)])]))]),
      .object([.init("a", .object([.init("b", .object([.init("c", value)]))])), .init("z", .null)]),
    ]
    if case .string(let text) = value {
      shapes += [
        .object([.init(text, .integer(1)), .init("next", .null)]),
        .list([.object([.init(text, value), .init("next", .list([value]))])]),
        .object([.init(text, .list([value])), .init("next", .object([.init(text, value)]))]),
      ]
    }
    for shape in shapes {
      let text = YAMLText.write(shape)
      #expect(try YAMLTextTests.read(text) == shape, "\(text)")
    }
  }

  /// Trees of all shapes, drawn from the list.
  @Test func drawnTreesAreReadAsTheyWere() throws {
    var state: UInt64 = 1
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    func tree(_ depth: Int) -> DocumentValue {
      switch depth == 0 ? 0 : draw(3) {
      case 1: return .list((0..<draw(4)).map { _ in tree(depth - 1) })
      case 2:
        var keys: [String] = []
        for _ in 0..<draw(4) {
          let key = YAMLTextTests.strings[draw(YAMLTextTests.strings.count)]
          if !keys.contains(key) { keys.append(key) }
        }
        return .object(keys.map { .init($0, tree(depth - 1)) })
      default: return YAMLTextTests.values[draw(YAMLTextTests.values.count)]
      }
    }
    for _ in 0..<2000 {
      let value = tree(5)
      let text = YAMLText.write(value)
      #expect(try YAMLTextTests.read(text) == value, "\(text)")
    }
  }

  @Test func aPatchReadsAsPeopleWriteIt() {
    let patch = DocumentValue.object([
      .init(
        "spec",
        .object([
          .init("replicas", .integer(3)), .init("paused", .null),
          .init(
            "containers",
            .list([
              .object([
                .init("name", .string("app")), .init("image", .string("shop/web:v2")),
                .init("command", .list([.string("sh"), .string("-c"), .string("set -e\nrun\n")])),
                .init(
                  "resources",
                  .object([
                    .init(
                      "limits",
                      .object([.init("memory", .string("128Mi")), .init("cpu", .string("2"))]))
                  ])),
              ])
            ])),
        ]))
    ])
    #expect(
      YAMLText.write(patch) == """
        spec:
          replicas: 3
          paused: null
          containers:
          - name: app
            image: shop/web:v2
            command:
            - sh
            - "-c"
            - |
              set -e
              run
            resources:
              limits:
                memory: 128Mi
                cpu: "2"

        """)
  }
}
