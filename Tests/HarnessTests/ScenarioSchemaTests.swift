import Foundation
import Testing

@testable import Harness
@testable import Manifests

/// The published schema and reference know each field of the scenario.
struct ScenarioSchemaTests {
  /// All fields of a shape by their paths.
  private func fields(_ shape: Shape, _ path: String = "") -> [(path: String, field: Shape.Field)] {
    switch shape {
    case .object(let fields):
      return fields.flatMap { field in
        let inner = path.isEmpty ? field.key : "\(path).\(field.key)"
        return [(inner, field)] + self.fields(field.shape, inner)
      }
    case .list(let element), .map(let element): return fields(element, path + "[]")
    case .either(let shapes): return shapes.flatMap { fields($0, path) }
    case .any, .boolean, .string, .number, .integer, .word, .text: return []
    }
  }

  @Test func everyFieldIsDocumentedAndHasAShape() {
    let all = fields(ScenarioSchema.shape)
    #expect(all.count > 100)
    for (path, field) in all {
      #expect(field.documentation?.isEmpty == false, "\(path) has no documentation")
      #expect(field.shape != .any, "\(path) does not say what may be written")
    }
  }

  @Test func eachFaultIsAnAlternative() {
    let faults = fields(ScenarioSchema.shape).first { $0.path == "spec.faults" }
    guard case .list(.either(let kinds)) = faults?.field.shape else {
      Issue.record("spec.faults is no list of alternatives")
      return
    }
    #expect(kinds.count == FaultTable.kinds.count)
  }

  @Test func theReferenceNamesEachField() {
    let page = ScenarioSchema.reference
    for (path, field) in fields(ScenarioSchema.shape) {
      #expect(page.contains("| `\(field.key)`"), "\(path)")
    }
    #expect(page.contains("## `spec.faults[]` with `kind: errorRate`"))
  }

  /// The page that is shipped is the one of the tables.
  @Test func thePageIsUpToDate() {
    let page = FileManager.default.contents(atPath: Scenarios.root + "/docs/scenario.md")
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(
      page == ScenarioSchema.reference,
      "run `wavetank schema --output markdown > docs/scenario.md`")
  }

  @Test func theSchemaIsOfDraft202012AndStrict() {
    let json = ScenarioSchema.json
    #expect(json.contains("https://json-schema.org/draft/2020-12/schema"))
    #expect(json.contains(#""additionalProperties": false"#))
  }
}
