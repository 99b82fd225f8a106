public import Recording
import ClusterAPI

extension FindingsReport {
  /// A log of SARIF 2.1.0, as code scanning of GitHub and of others reads it.
  ///
  /// - Parameter version: of this program.
  public static func sarif(_ record: FindingsRecord, version: String) -> String {
    let rules = byID(record.entries)
    var places: [String: Int] = [:]
    for (index, rule) in rules.enumerated() { places[rule.id] = index }
    return JSONValue.object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object([
            (
              "tool",
              .object([
                (
                  "driver",
                  .object([
                    ("name", .string("wavetank")), ("version", .string(version)),
                    ("rules", .array(rules.map { rule($0.id, title: $0.entries.first?.title) })),
                  ])
                )
              ])
            ),
            ("columnKind", .string("unicodeCodePoints")),
            (
              "results",
              .array(
                record.entries.map { result($0, places[$0.id] ?? 0, hasBase: record.base != nil) })
            ),
          ])
        ])
      ),
    ]).text
  }

  private static func rule(_ id: String, title: String?) -> JSONValue {
    let title = title ?? id
    return .object([
      ("id", .string(id)),
      ("shortDescription", .object([("text", .string(title))])),
      (
        "help",
        .object([
          (
            "text",
            .string("\(title). The page docs/findings/\(id).md tells when, and what helps.")
          )
        ])
      ),
    ])
  }

  private static func result(_ entry: Entry, _ rule: Int, hasBase: Bool) -> JSONValue {
    var sentences = [entry.message]
    if entry.condition != "always" || entry.before != nil {
      sentences.append("Happens \(entry.circumstance).")
    }
    if let suggestion = entry.suggestion {
      sentences.append("Try: \(suggestion.title), in \(suggestion.object).")
    }
    let accepted = entry.accepted.map { reason in
      JSONValue.array([
        .object([("kind", .string("external")), ("justification", .string(reason))])
      ])
    }
    return .object(present: [
      ("ruleId", .string(entry.id)),
      ("ruleIndex", .integer(rule)),
      ("level", .string(entry.severity.rawValue)),
      ("message", .object([("text", .string(withoutLinks(sentences.joined(separator: " "))))])),
      ("locations", .array([location(entry)])),
      ("partialFingerprints", .object([("wavetankFinding/v1", .string(fingerprint(entry)))])),
      ("baselineState", hasBase ? .string(baselineState(entry.standing)) : .null),
      ("suppressions", accepted ?? .null),
      ("properties", properties(entry)),
    ])
  }

  /// What no later value and no other place changes: rule, object, part and what the condition is on.
  static func fingerprint(_ entry: Entry) -> String {
    let bound = Bound(condition: entry.condition).map { "|\($0.quantity.rawValue)" } ?? ""
    return "\(entry.id)|\(entry.object)|\(entry.part)\(bound)"
  }

  static func baselineState(_ standing: FindingsRecord.Standing) -> String {
    switch standing {
    case .new: "new"
    case .worse, .better: "updated"
    case .wasSoBefore: "unchanged"
    case .gone: "absent"
    }
  }

  /// Code scanning refuses a result without a file: where none holds the object, its name stands there.
  private static func location(_ entry: Entry) -> JSONValue {
    let place = entry.place ?? entry.suggestion?.place
    let region = JSONValue.object(present: [
      ("startLine", .integer(max(1, place?.line ?? 1))),
      ("startColumn", place.map { .integer(max(1, $0.column)) } ?? .null),
    ])
    return .object([
      (
        "physicalLocation",
        .object([
          ("artifactLocation", .object([("uri", .string(uri(place?.file ?? entry.object)))])),
          ("region", region),
        ])
      ),
      (
        "logicalLocations",
        .array([
          .object([("fullyQualifiedName", .string(entry.object)), ("kind", .string("resource"))])
        ])
      ),
    ])
  }

  /// A path as a reference of RFC 3986, relative unless it is absolute.
  static func uri(_ path: String) -> String {
    var path = path.replacing("\\", with: "/")
    while path.hasPrefix("./") { path = String(path.drop { $0 == "." }.drop { $0 == "/" }) }
    var text = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
      }
    }
    return text
  }

  /// In a message of SARIF `[words](target)` is a link.
  private static func withoutLinks(_ text: String) -> String {
    text.contains("](")
      ? text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
      : text
  }

  private static func properties(_ entry: Entry) -> JSONValue {
    .object(present: [
      ("object", .string(entry.object)),
      ("part", entry.part.isEmpty ? .null : .string(entry.part)),
      ("condition", .string(entry.condition)),
      ("before", .string(orNull: entry.before)),
      ("template", .string(orNull: entry.template)),
      ("atSeconds", .seconds(entry.at)),
      ("figures", entry.figures.isEmpty ? .null : figures(entry)),
      ("moments", entry.moments.isEmpty ? .null : moments(entry)),
      ("patch", .string(orNull: entry.suggestion?.patch)),
    ])
  }
}
