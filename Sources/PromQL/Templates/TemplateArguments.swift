/// The arguments of a function, taken one after the other by the types that it wants.
struct Arguments {
  let name: String
  let values: [TemplateValue]
  private var taken = 0

  init(name: String, values: [TemplateValue]) {
    self.name = name
    self.values = values
  }

  mutating func next() throws(FunctionError) -> TemplateValue {
    guard taken < values.count else { throw wrongCount(want: "more") }
    taken += 1
    return values[taken - 1]
  }

  mutating func rest() -> [TemplateValue] {
    defer { taken = values.count }
    return Array(values[taken...])
  }

  mutating func string() throws(FunctionError) -> String {
    let value = try next()
    guard case .string(let text) = value else { throw wrongType(value, want: "string") }
    return text
  }

  mutating func sample() throws(FunctionError) -> SeriesValue {
    let value = try next()
    guard case .sample(let sample) = value else { throw wrongType(value, want: "*template.sample") }
    return sample
  }

  mutating func samples() throws(FunctionError) -> [SeriesValue] {
    let value = try next()
    guard case .samples(let samples) = value else {
      throw wrongType(value, want: "template.queryResult")
    }
    return samples
  }

  /// Whatever Prometheus takes for a number: texts and durations (in seconds) too.
  mutating func number() throws(FunctionError) -> Double {
    let value = try next()
    switch value {
    case .number(let number): return number
    case .integer(let integer): return Double(integer)
    case .duration(let nanoseconds): return Double(nanoseconds) / 1e9
    case .string(let text):
      guard let number = float(from: text) else {
        throw FunctionError("strconv.ParseFloat: parsing \(quoted(text)): invalid syntax")
      }
      return number
    case .absent, .boolean, .labels, .arguments, .sample, .samples, .time, .data, .texts, .fields:
      throw FunctionError("can't convert \(value.typeName) to float")
    }
  }

  /// - Throws: when there are more than were taken.
  func finish() throws(FunctionError) {
    if taken < values.count { throw wrongCount(want: "\(taken)") }
  }

  func wrongCount(want: String) -> FunctionError {
    FunctionError("wrong number of args for \(name): want \(want), got \(values.count)")
  }

  private func wrongType(_ value: TemplateValue, want: String) -> FunctionError {
    FunctionError("wrong type for value; expected \(want); got \(value.typeName)")
  }
}

/// `eq`, `ne`, `lt`, `le`, `gt` and `ge`; kinds are not converted.
enum Comparison {
  static func holds(_ name: String, _ given: inout Arguments) throws(FunctionError) -> Bool {
    let left = try given.next()
    if name == "eq" {
      let others = given.rest()
      guard !others.isEmpty else { throw FunctionError("missing argument for comparison") }
      for other in others where try isEqual(left, other) { return true }
      return false
    }
    let right = try given.next()
    switch name {
    case "ne": return try !isEqual(left, right)
    case "lt": return try isLess(left, right)
    case "le":
      let less = try isLess(left, right)
      return try isEqual(left, right) || less
    case "gt":
      let less = try isLess(left, right)
      return try !isEqual(left, right) && !less
    default: return try !isLess(left, right)
    }
  }

  private static func isEqual(
    _ left: TemplateValue, _ right: TemplateValue
  ) throws(FunctionError) -> Bool {
    switch (left, right) {
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.integer(let a), .integer(let b)), (.duration(let a), .duration(let b)),
      (.integer(let a), .duration(let b)), (.duration(let a), .integer(let b)):
      return a == b
    case (.number(let a), .number(let b)): return a == b
    case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.absent, .absent): return true
    case (.absent, _), (_, .absent): return false
    default: throw FunctionError("incompatible types for comparison")
    }
  }

  private static func isLess(
    _ left: TemplateValue, _ right: TemplateValue
  ) throws(FunctionError) -> Bool {
    switch (left, right) {
    case (.integer(let a), .integer(let b)), (.duration(let a), .duration(let b)),
      (.integer(let a), .duration(let b)), (.duration(let a), .integer(let b)):
      return a < b
    case (.number(let a), .number(let b)): return a < b
    case (.string(let a), .string(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.boolean, .boolean): throw FunctionError("invalid type for comparison")
    default: throw FunctionError("incompatible types for comparison")
    }
  }
}
