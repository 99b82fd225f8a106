import ClusterAPI
import Manifests
import Reporting

/// What `wavetank validate` counts.
enum ValidationReport {
  /// How many of the fields that are kept most often the text names.
  private static let namedFields = 10

  static func text(_ set: ManifestSet) -> String {
    let counts = set.counts
    let fields = fields(counts)
    var lines = [
      "\(Words.count(counts.files, "file")), \(Words.count(counts.documents, "document")): "
        + "\(counts.read) read, \(counts.notSimulated) not simulated, "
        + "\(counts.rejected) rejected, \(Words.count(counts.lists, "list")), "
        + "\(counts.empty) empty"
    ]
    lines += groups(set).lines
    if !fields.isEmpty {
      let total = fields.reduce(0) { $0 + $1.count }
      let rest = fields.count - namedFields
      lines.append(
        "fields kept without effect on a run: \(total) "
          + "(\(KindGroups.list(Array(fields.prefix(namedFields))))"
          + (rest > 0 ? ", and \(rest) more)" : ")"))
    }
    lines.append("keys: \(counts.consumedKeys) read, \(counts.reportedKeys) kept and reported")
    lines += counts.rejections.map { "rejected: \($0.location.description): \($0.reason)" }
    return lines.joined(separator: "\n")
  }

  /// - Parameter diagnostics: of the manifests and of the rules among them.
  static func json(_ set: ManifestSet, _ diagnostics: [Diagnostic]) -> String {
    let counts = set.counts
    let fields = fields(counts)
    let total = fields.reduce(0) { $0 + $1.count }
    let groups = groups(set)
    return DocumentValue.object([
      field("files", counts.files),
      field("documents", counts.documents),
      field("empty", counts.empty),
      field("lists", counts.lists),
      .init("read", tally(counts.read, "kinds", kinds(set, read: true))),
      .init(
        "simulated", tally(groups.simulated.reduce(0) { $0 + $1.count }, "kinds", groups.simulated)),
      .init(
        "evaluated", tally(groups.evaluated.reduce(0) { $0 + $1.count }, "kinds", groups.evaluated)),
      .init(
        "notActedOn",
        .list(
          groups.notActedOn.map {
            .object([
              .init("kind", .string($0.name)), field("count", $0.count),
              .init("effect", .string($0.effect)),
            ])
          })),
      .init("notSimulated", tally(counts.notSimulated, "kinds", kinds(set, read: false))),
      .init("unmodelledFields", tally(total, "paths", fields)),
      .init(
        "keys",
        .object([field("read", counts.consumedKeys), field("reported", counts.reportedKeys)])),
      .init(
        "rejected",
        .list(
          counts.rejections.map {
            .object(place($0.location) + [.init("reason", .string($0.reason))])
          })),
      .init("diagnostics", .list(diagnostics.map(value))),
    ]).json
  }

  private static func value(_ diagnostic: Diagnostic) -> DocumentValue {
    var fields: [DocumentValue.Field] = [.init("severity", .string("\(diagnostic.severity)"))]
    fields += place(diagnostic.location)
    fields.append(.init("path", .string(diagnostic.path)))
    fields.append(.init("text", .string(diagnostic.text)))
    fields.append(.init("message", .string(diagnostic.message)))
    if let remedy = diagnostic.remedy { fields.append(.init("remedy", .string(remedy))) }
    if let nearest = diagnostic.nearest { fields.append(.init("nearest", .string(nearest))) }
    return .object(fields)
  }

  private static func place(_ location: SourceLocation) -> [DocumentValue.Field] {
    [
      .init("file", .string(location.file)), field("line", location.line),
      field("column", location.column),
    ]
  }

  private static func field(_ key: String, _ value: Int) -> DocumentValue.Field {
    .init(key, .integer(Int64(value)))
  }

  private static func tally(
    _ total: Int, _ key: String, _ parts: [(name: String, count: Int)]
  ) -> DocumentValue {
    .object([
      field("total", total), .init(key, .object(parts.map { field($0.name, $0.count) })),
    ])
  }

  /// Documents by kind, by names; those with a table apart from the others.
  private static func kinds(_ set: ManifestSet, read: Bool) -> [(name: String, count: Int)] {
    (read ? set.counts.readKinds : set.counts.otherKinds)
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The most frequent first.
  private static func fields(_ counts: ManifestCounts) -> [(name: String, count: Int)] {
    counts.unmodelled.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
  }

  private static func groups(_ set: ManifestSet) -> KindGroups {
    KindGroups(read: set.counts.readKinds, others: set.counts.otherKinds)
  }
}
