public import Recording

extension RehearsalReport {
  /// One JSON document: what differs, what was found, and the rehearsals of the workloads.
  ///
  /// - Parameter trees: nil: there are no two trees; of a single rehearsal the fields stand at the top.
  public static func json(_ trees: Trees?, _ findings: FindingsRecord, _ inputs: [Input]) -> String
  {
    var fields: [(String, JSONValue)] = []
    if let trees {
      fields += [
        ("base", .string(trees.base)),
        ("objects", .array(trees.objects.map(object))),
        ("assumed", .strings(trees.assumed)),
        ("warnings", .strings(trees.warnings)),
        ("leftOut", .strings(trees.leftOut)),
      ]
    }
    fields.append(("findings", FindingsReport.value(findings)))
    if trees == nil, inputs.count == 1 {
      fields += self.fields(inputs[0])
    } else {
      fields.append(("rehearsals", .array(inputs.map { .object(self.fields($0)) })))
    }
    return JSONValue.object(fields).text
  }

  private static func object(_ object: Trees.Object) -> JSONValue {
    .object([
      ("name", .string(object.name)),
      ("step", .string(object.step)),
      ("place", .string(object.place)),
      ("fields", .strings(object.fields)),
      ("effect", object.effect.map { .string($0) } ?? .null),
      ("refusal", object.refusal.map { .string($0) } ?? .null),
    ])
  }
}
