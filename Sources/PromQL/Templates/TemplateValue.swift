/// What stands in a template: the Go types that Prometheus and its adapter hand to one.
enum TemplateValue: Sendable {
  case absent
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  /// `map[string]string`: a label that is not there is empty.
  case labels(Labels)
  /// `map[string]interface{}`, as `args` makes it.
  case arguments([TemplateValue])
  case sample(SeriesValue)
  case samples([SeriesValue])
  /// Nanoseconds.
  case duration(Int64)
  /// Milliseconds since the epoch.
  case time(Int64)
  /// The dot of a template: `.Labels`, `.Value`, `.ExternalLabels`, `.ExternalURL`.
  case data
  /// `[]string`
  case texts([String])
  /// A struct.
  case fields([TemplateField])

  /// As Go's `%T` has it.
  var typeName: String {
    switch self {
    case .absent: "<nil>"
    case .boolean: "bool"
    case .integer: "int"
    case .number: "float64"
    case .string: "string"
    case .labels: "map[string]string"
    case .arguments: "map[string]interface {}"
    case .sample: "*template.sample"
    case .samples: "template.queryResult"
    case .duration: "time.Duration"
    case .time: "*time.Time"
    case .data, .fields: "struct"
    case .texts: "[]string"
    }
  }

  /// Whether a condition takes it for true: what is neither empty nor zero.
  var isTrue: Bool {
    switch self {
    case .absent: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .number(let value): value != 0
    case .string(let text): !text.isEmpty
    case .labels(let labels): !labels.isEmpty
    case .arguments(let values): !values.isEmpty
    case .samples(let samples): !samples.isEmpty
    case .duration(let value): value != 0
    case .texts(let texts): !texts.isEmpty
    case .sample, .time, .data, .fields: true
    }
  }

  /// As an action prints it (Go's `%v`).
  var text: String {
    switch self {
    case .absent: "<no value>"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): FloatText.text(value, .general, precision: nil)
    case .string(let text): text
    case .labels(let labels): TemplateValue.text(of: labels)
    case .arguments(let values):
      "map["
        + values.enumerated().map { "arg\($0.offset):\($0.element.text)" }.sorted()
        .joined(separator: " ") + "]"
    case .sample(let sample): TemplateValue.text(of: sample)
    case .samples(let samples):
      "[" + samples.map(TemplateValue.text(of:)).joined(separator: " ") + "]"
    case .duration(let nanoseconds): TimeText.duration(nanoseconds)
    case .time(let milliseconds): TimeText.time(milliseconds)
    case .data: "{}"
    case .texts(let texts): "[" + texts.joined(separator: " ") + "]"
    case .fields(let fields): "{" + fields.map(\.value.text).joined(separator: " ") + "}"
    }
  }

  private static func text(of labels: Labels) -> String {
    "map[" + labels.pairs.map { "\($0.name):\($0.value)" }.joined(separator: " ") + "]"
  }

  private static func text(of sample: SeriesValue) -> String {
    "&{\(text(of: sample.labels)) \(TemplateValue.number(sample.value).text)}"
  }
}

/// A field of a struct.
struct TemplateField: Sendable {
  var name: String
  var value: TemplateValue
}
