import ClusterAPI
import Testing
import YAML

@testable import Manifests

/// JSON Schema and reference page come from the tables that read.
struct ShapeTests {
  private struct Pool: Sendable {
    var name = ""
    var count = 0
    var size = Quantity(0)
    var labels: Labels = [:]
    var zones: [String] = []
    var policy = ""
  }

  private static let table = Table<[Pool]> {
    $0.field(
      "pools", \.self, .list(of: .object(Pool(), pool)), required: true,
      documentation: "groups of nodes")
    $0.custom(
      "fault", documentation: "what goes wrong",
      shape: .either([fault("crash", [.init("after")]), fault("slow", [])])
    ) { _, _, _ in }
    $0.kept("status")
  }

  private static let pool = Table<Pool> {
    $0.field("name", \.name, .string, required: true, documentation: "its name, a | b")
    $0.field("count", \.count, .integer(in: 1...100), documentation: "nodes")
    $0.field("size", \.size, .quantity)
    $0.field("labels", \.labels, .labels)
    $0.field("zones", \.zones, .strings)
    $0.field("policy", \.policy, .word(of: ["A", "B"]))
  }

  private static func fault(_ kind: String, _ more: [Shape.Field]) -> Shape {
    .object([Shape.Field("kind", .word([kind]), isRequired: true)] + more)
  }

  @Test func theSchemaSaysWhatTheTableReads() {
    let schema = Self.table.shape.jsonSchema(title: "Pools", isStrict: true)
    #expect(schema["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
    #expect(schema["required"] == .list([.string("pools")]))
    #expect(schema["additionalProperties"] == .bool(false))
    let pools = schema["properties"]?["pools"]
    #expect(pools?["type"] == .string("array"))
    #expect(pools?["description"] == .string("groups of nodes"))
    let pool = pools?["items"]?["properties"]
    #expect(
      pool?["count"]?.json == """
        {
          "description": "nodes",
          "type": [
            "integer",
            "null"
          ],
          "minimum": 1,
          "maximum": 100
        }
        """)
    #expect(pool?["name"]?["type"] == .string("string"))
    #expect(pool?["policy"]?["enum"] == .list([.string("A"), .string("B"), .null]))
    #expect(pool?["size"]?["description"] == .string("quantity such as 500m or 1Gi"))
    #expect(pool?["labels"]?["additionalProperties"]?["type"] == .string("string"))
    #expect(
      schema["properties"]?["status"]?["description"] == .string("kept, not simulated"))
    guard case .list(let kinds) = schema["properties"]?["fault"]?["anyOf"] else {
      Issue.record("a fault has no alternatives")
      return
    }
    #expect(kinds.first?["properties"]?["kind"]?["const"] == .string("crash"))
    let open = Self.table.shape.jsonSchema(title: "Pools", isStrict: false)
    #expect(open["additionalProperties"] == nil)
  }

  @Test func theReferenceHasARowForEachField() {
    let page = Self.table.shape.reference(title: "Pools", introduction: "Of a cluster.")
    #expect(
      page == """
        # Pools

        Of a cluster.

        ## The document

        | Field | Value | Meaning |
        | --- | --- | --- |
        | `pools` (required) | list: mapping | groups of nodes |
        | `fault` | mapping, by its `kind` | what goes wrong |
        | `status` | any | kept, not simulated |

        ## `pools[]`

        | Field | Value | Meaning |
        | --- | --- | --- |
        | `name` (required) | string | its name, a \\| b |
        | `count` | integer from 1 to 100 | nodes |
        | `size` | quantity such as 500m or 1Gi |  |
        | `labels` | mapping of names: string |  |
        | `zones` | list: string |  |
        | `policy` | `A`, `B` |  |

        ## `fault` with `kind: crash`

        | Field | Value | Meaning |
        | --- | --- | --- |
        | `kind` (required) | `crash` |  |
        | `after` | any |  |

        ## `fault` with `kind: slow`

        | Field | Value | Meaning |
        | --- | --- | --- |
        | `kind` (required) | `slow` |  |

        """)
  }

  @Test func everyFieldOfTheKindsHasAShape() throws {
    let shape = try #require(KindCatalog.shape(apiVersion: "apps/v1", kind: "Deployment"))
    let schema = shape.jsonSchema(title: "Deployment", isStrict: false)
    let spec = schema["properties"]?["spec"]
    #expect(spec?["required"] == .list([.string("template")]))
    let pod = spec?["properties"]?["template"]?["properties"]?["spec"]
    let container = pod?["properties"]?["containers"]?["items"]
    #expect(container?["required"] == .list([.string("name"), .string("image")]))
    #expect(
      container?["properties"]?["readinessProbe"]?["properties"]?["httpGet"]?["required"]
        == .list([.string("port")]))
  }

  @Test func jsonIsEscaped() {
    let value = DocumentValue.object([
      .init("a\"b", .string("line\nbreak\u{1}\\é")), .init("n", .number("1e400")),
      .init("hex", .number("0x1F")), .init("leading", .number("007")),
      .init("inf", .number(".inf")), .init("none", .list([])), .init("nil", .null),
    ])
    #expect(
      value.json == """
        {
          "a\\"b": "line\\nbreak\\u0001\\\\é",
          "n": 1e400,
          "hex": "0x1F",
          "leading": "007",
          "inf": ".inf",
          "none": [],
          "nil": null
        }
        """)
  }
}
