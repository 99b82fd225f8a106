import Recording

extension FindingsReport {
  /// JSON Schema (draft 2020-12) of what ``json(_:)`` writes; `docs/schemas` holds it.
  public static var schema: String {
    JSONValue.object([
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("$id", .string("https://wavetank.dev/schema/v1/findings.json")),
      ("title", .string("Wavetank findings")),
      ("description", .string("What a rehearsal of manifests found, the most important first.")),
      ("type", .string("object")),
      (
        "properties",
        .object([
          ("base", text("what the manifests are compared with; null: nothing", orNull: true)),
          ("workloads", number("workloads that were looked at", "integer", minimum: 0)),
          (
            "brought",
            number("findings that the change brings and nobody has accepted", "integer", minimum: 0)
          ),
          ("findings", list("in the order of their importance", ofDefinition: "finding")),
        ])
      ),
      ("required", .strings(["base", "workloads", "brought", "findings"])),
      ("additionalProperties", .bool(false)),
      (
        "$defs",
        .object([
          ("finding", finding), ("place", place), ("figure", figure), ("moment", moment),
          ("suggestion", suggestion),
        ])
      ),
    ]).text
  }

  private typealias Fields = [(key: String, value: JSONValue)]

  private static var finding: JSONValue {
    object([
      ("id", text("of the rule")), ("title", text("the rule in a few words")),
      (
        "severity",
        words("how bad it is", FindingsRecord.Severity.allCases.map(\.rawValue))
      ),
      (
        "standing",
        words(
          "how it compares to what was before the change; new where there is nothing to compare with",
          FindingsRecord.Standing.allCases.map(\.rawValue))
      ),
      ("object", text("as kubectl writes it, such as shop/deployment/web")),
      ("part", text("a container, a port, a name that is referred to; may be empty")),
      ("place", reference("where the object stands; null: in no file", "place", orNull: true)),
      ("template", text("which it was rendered from, where Helm says so", orNull: true)),
      ("message", text("one sentence with figures")),
      ("condition", text("when it happens: always, or such as memory over 128Mi")),
      ("before", text("when it happened before the change, where that differs", orNull: true)),
      (
        "atSeconds",
        number("the first bad instant, from the beginning of the change", orNull: true)
      ),
      ("figures", list("such as requests lost", ofDefinition: "figure")),
      ("moments", list("what happened, and when", ofDefinition: "moment")),
      (
        "suggestion",
        reference("a setting that was tried and helps", "suggestion", orNull: true)
      ),
      ("accepted", text("why it is accepted; null: it is not", orNull: true)),
    ])
  }

  private static var place: JSONValue {
    object([
      ("file", text("its path")), ("line", number("from 1", "integer", minimum: 0)),
      ("column", number("from 1", "integer", minimum: 0)),
    ])
  }

  private static var figure: JSONValue {
    object([("name", text("what is counted")), ("value", text("with its unit"))])
  }

  private static var moment: JSONValue {
    object([
      ("atSeconds", number("from the beginning of the change")), ("words", text("what happened")),
    ])
  }

  private static var suggestion: JSONValue {
    object([
      ("title", text("what it does")), ("object", text("which it changes")),
      ("place", reference("where that object stands", "place", orNull: true)),
      ("patch", text("YAML: a strategic merge patch of that object")),
    ])
  }

  /// Every field is there, and no other.
  private static func object(_ fields: Fields) -> JSONValue {
    .object([
      ("type", .string("object")), ("properties", .object(fields)),
      ("required", .strings(fields.map(\.key))), ("additionalProperties", .bool(false)),
    ])
  }

  private static func described(_ description: String, _ fields: Fields) -> JSONValue {
    .object(fields + [("description", .string(description))])
  }

  private static func type(_ name: String, orNull: Bool) -> Fields {
    [("type", orNull ? .strings([name, "null"]) : .string(name))]
  }

  private static func text(_ description: String, orNull: Bool = false) -> JSONValue {
    described(description, type("string", orNull: orNull))
  }

  private static func number(
    _ description: String, _ name: String = "number", minimum: Int? = nil, orNull: Bool = false
  ) -> JSONValue {
    let bound: Fields = minimum.map { [("minimum", .integer($0))] } ?? []
    return described(description, type(name, orNull: orNull) + bound)
  }

  private static func words(_ description: String, _ words: [String]) -> JSONValue {
    described(description, [("enum", .strings(words))])
  }

  private static func reference(
    _ description: String, _ name: String, orNull: Bool
  ) -> JSONValue {
    let named = JSONValue.object([("$ref", .string("#/$defs/\(name)"))])
    let none = JSONValue.object([("type", .string("null"))])
    return described(description, [("anyOf", .array(orNull ? [named, none] : [named]))])
  }

  private static func list(_ description: String, ofDefinition name: String) -> JSONValue {
    described(
      description,
      [
        ("type", .string("array")), ("items", .object([("$ref", .string("#/$defs/\(name)"))])),
      ])
  }
}
