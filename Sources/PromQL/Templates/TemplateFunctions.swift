/// Why a function of a template has no answer.
struct FunctionError: Error {
  var message: String

  init(_ message: String) { self.message = message }
}

/// The functions of Go's text/template and those that Prometheus adds.
enum TemplateFunctions {
  static let names: Set<String> = ownNames.union([
    "args", "externalURL", "first", "graphLink", "humanize", "humanize1024", "humanizeDuration",
    "humanizePercentage", "humanizeTimestamp", "label", "match", "now", "parseDuration",
    "pathPrefix", "query", "reReplaceAll", "safeHtml", "sortByLabel", "strvalue", "stripDomain",
    "stripPort", "tableLink", "title", "toDuration", "toLower", "toTime", "toUpper",
    "urlQueryEscape", "value",
  ])

  /// Those of text/template itself.
  static let ownNames: Set<String> = [
    "and", "eq", "ge", "gt", "html", "index", "le", "len", "lt", "ne", "not", "or", "print",
    "printf", "println", "urlquery",
  ]

  static func call(
    _ name: String, _ arguments: [TemplateValue], _ data: TemplateData
  ) throws(FunctionError) -> TemplateValue {
    var given = Arguments(name: name, values: arguments)
    let result = try value(of: name, &given, data)
    try given.finish()
    return result
  }

  private static func value(
    of name: String, _ given: inout Arguments, _ data: TemplateData
  ) throws(FunctionError) -> TemplateValue {
    switch name {
    case "and", "or":
      // What decides early has not come this far.
      let values = given.rest()
      guard let last = values.last else { throw given.wrongCount(want: "at least 1") }
      return values.first { $0.isTrue == (name == "or") } ?? last
    case "not": return .boolean(try !given.next().isTrue)
    case "eq", "ne", "lt", "le", "gt", "ge": return .boolean(try Comparison.holds(name, &given))
    case "len": return .integer(Int64(try length(given.next())))
    case "index": return try indexed(given.next(), given.rest())
    case "print": return .string(PrintText.print(given.rest()))
    case "println": return .string(PrintText.println(given.rest()))
    case "printf": return .string(PrintText.printf(try given.string(), given.rest()))
    case "args": return .arguments(given.rest())
    case "first":
      guard let first = try given.samples().first else {
        throw FunctionError("first() called on vector with no elements")
      }
      return .sample(first)
    case "value": return .number(try given.sample().value)
    case "strvalue": return .string(try given.sample().labels["__value__"])
    case "label":
      let label = try given.string()
      return .string(try given.sample().labels[label])
    case "sortByLabel":
      let label = try given.string()
      return .samples(sorted(try given.samples(), by: label))
    case "match", "reReplaceAll", "title", "toLower", "toUpper", "stripPort", "stripDomain",
      "html", "safeHtml", "urlquery", "urlQueryEscape", "graphLink", "tableLink":
      return try TextFunctions.value(of: name, &given)
    case "humanize": return .string(Humanized.decimal(try given.number()))
    case "humanize1024": return .string(Humanized.binary(try given.number()))
    case "humanizeDuration": return .string(Humanized.duration(try given.number()))
    case "humanizePercentage": return .string(Humanized.percentage(try given.number()))
    case "humanizeTimestamp", "toTime":
      let seconds = try given.number()
      if !seconds.isFinite { return .string(FloatText.text(seconds, .general, precision: 4)) }
      guard let time = nanoseconds(seconds).map({ $0 / 1_000_000 }) else {
        throw FunctionError("\(seconds) cannot be represented as a nanoseconds timestamp")
      }
      return name == "toTime" ? .time(time) : .string(TimeText.time(time))
    case "toDuration":
      guard let duration = nanoseconds(try given.number()) else {
        throw FunctionError("cannot be represented as a nanoseconds duration")
      }
      return .duration(duration)
    case "parseDuration":
      let text = try given.string()
      guard let milliseconds = durationMilliseconds(text) else {
        throw FunctionError("not a valid duration string: \(quoted(text))")
      }
      return .number(Double(milliseconds) / 1000)
    case "now": return .number(Double(data.time) / 1000)
    case "externalURL": return .string(data.externalURL)
    case "pathPrefix": return .string(TextFunctions.path(of: data.externalURL))
    default: preconditionFailure("function \(name) is named and not there")
    }
  }

  private static func nanoseconds(_ seconds: Double) -> Int64? {
    let product = seconds * 1e9
    guard product > -0x1p63, product < 0x1p63 else { return nil }
    return Int64(product)
  }

  private static func length(_ value: TemplateValue) throws(FunctionError) -> Int {
    switch value {
    case .string(let text): return text.utf8.count
    case .labels(let labels): return labels.count
    case .arguments(let values): return values.count
    case .samples(let samples): return samples.count
    case .texts(let texts): return texts.count
    case .absent, .boolean, .integer, .number, .sample, .duration, .time, .data, .fields:
      throw FunctionError("len of type \(value.typeName)")
    }
  }

  private static func indexed(
    _ value: TemplateValue, _ keys: [TemplateValue]
  ) throws(FunctionError) -> TemplateValue {
    var value = value
    for key in keys {
      switch (value, key) {
      case (.labels(let labels), .string(let name)): value = .string(labels[name])
      case (.arguments(let values), .string(let name)):
        let names = values.indices.map { "arg\($0)" }
        value = names.firstIndex(of: name).map { values[$0] } ?? .absent
      case (.samples(let samples), .integer(let index)):
        guard index >= 0, index < samples.count else {
          throw FunctionError("error calling index: index out of range: \(index)")
        }
        value = .sample(samples[Int(index)])
      case (.texts(let texts), .integer(let index)):
        guard index >= 0, index < texts.count else {
          throw FunctionError("error calling index: index out of range: \(index)")
        }
        value = .string(texts[Int(index)])
      default:
        throw FunctionError("can't index item of type \(value.typeName) by \(key.typeName)")
      }
    }
    return value
  }

  /// Samples with the same value stay in their order.
  private static func sorted(_ samples: [SeriesValue], by label: String) -> [SeriesValue] {
    samples.enumerated().sorted { a, b in
      let (left, right) = (a.element.labels[label], b.element.labels[label])
      return left == right ? a.offset < b.offset : left < right
    }.map(\.element)
  }
}
