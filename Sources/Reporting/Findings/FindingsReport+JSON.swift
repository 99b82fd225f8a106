public import Recording
import ClusterAPI

extension FindingsReport {
  /// One JSON document with everything that was found; ``schema`` describes it.
  public static func json(_ record: FindingsRecord) -> String { value(record).text }

  /// The document, to be a part of another one.
  static func value(_ record: FindingsRecord) -> JSONValue {
    .object([
      ("base", .string(orNull: record.base)),
      ("workloads", .integer(record.workloads)),
      ("brought", .integer(record.brought.count)),
      ("findings", .array(record.entries.map(value))),
    ])
  }

  private static func value(_ entry: Entry) -> JSONValue {
    .object([
      ("id", .string(entry.id)),
      ("title", .string(entry.title)),
      ("severity", .string(entry.severity.rawValue)),
      ("standing", .string(entry.standing.rawValue)),
      ("object", .string(entry.object)),
      ("part", .string(entry.part)),
      ("place", value(entry.place)),
      ("template", .string(orNull: entry.template)),
      ("message", .string(entry.message)),
      ("condition", .string(entry.condition)),
      ("before", .string(orNull: entry.before)),
      ("atSeconds", .seconds(entry.at)),
      ("figures", figures(entry)),
      ("moments", moments(entry)),
      ("suggestion", value(entry.suggestion)),
      ("accepted", .string(orNull: entry.accepted)),
    ])
  }

  private static func value(_ place: SourceLocation?) -> JSONValue {
    guard let place else { return .null }
    return .object([
      ("file", .string(place.file)), ("line", .integer(place.line)),
      ("column", .integer(place.column)),
    ])
  }

  private static func value(_ suggestion: FindingsRecord.Suggestion?) -> JSONValue {
    guard let suggestion else { return .null }
    return .object([
      ("title", .string(suggestion.title)), ("object", .string(suggestion.object)),
      ("place", value(suggestion.place)), ("patch", .string(suggestion.patch)),
    ])
  }

  static func figures(_ entry: Entry) -> JSONValue {
    .array(
      entry.figures.map { .object([("name", .string($0.name)), ("value", .string($0.value))]) })
  }

  static func moments(_ entry: Entry) -> JSONValue {
    .array(
      entry.moments.map { .object([("atSeconds", .seconds($0.at)), ("words", .string($0.words))]) })
  }
}
