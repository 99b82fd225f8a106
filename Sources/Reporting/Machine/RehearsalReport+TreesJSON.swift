extension RehearsalReport {
  /// One JSON document: what differs, and the rehearsals of the workloads as a single one is written.
  public static func json(_ trees: Trees, _ inputs: [Input]) -> String {
    JSONValue.object([
      ("base", .string(trees.base)),
      ("objects", .array(trees.objects.map(object))),
      ("assumed", .strings(trees.assumed)),
      ("warnings", .strings(trees.warnings)),
      ("leftOut", .strings(trees.leftOut)),
      ("rehearsals", .array(inputs.map(value))),
    ]).text
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
