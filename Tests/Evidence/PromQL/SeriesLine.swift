import PromQL

/// A line of a script that tells a series and its values.
struct SeriesLine {
  enum Point {
    case omitted
    case number(Double)
    case histogram
  }

  var labels: Labels
  var points: [Point]

  /// - Throws: `EvidenceError` when the line is none.
  init(_ line: String) throws {
    let bytes = Array(line.utf8)
    let end = SeriesLine.endOfMetric(bytes)
    let metric = String(decoding: bytes[..<end], as: UTF8.self)
    labels = try SeriesLine.labels(metric)
    points = try SeriesLine.points(String(decoding: bytes[end...], as: UTF8.self))
  }

  private static func endOfMetric(_ bytes: [UInt8]) -> Int {
    var at = 0
    while at < bytes.count, bytes[at] != UInt8(ascii: "{"), bytes[at] > 0x20 { at += 1 }
    let nameEnd = at
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "{"),
      at + 1 >= bytes.count || bytes[at + 1] != UInt8(ascii: "{")
    else { return nameEnd }
    var quote: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      if quote != 0 {
        if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") { at += 1 }
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || byte == UInt8(ascii: "`")
      {
        quote = byte
      } else if byte == UInt8(ascii: "}") {
        return at + 1
      }
      at += 1
    }
    return at
  }

  /// A metric is a selector of nothing but equalities.
  static func labels(_ metric: String) throws -> Labels {
    if metric.filter({ $0 != " " }) == "{}" { return .empty }
    do {
      guard case .selector(let node) = try Query(metric).expression,
        node.matchers.allSatisfy({ $0.operation == .equal })
      else { throw EvidenceError("\(metric) is no metric") }
      return Labels(node.matchers.map { Label($0.name, $0.value) })
    } catch let error as QueryError {
      throw EvidenceError("\(metric) is no metric: \(error.message)")
    }
  }

  private static func points(_ text: String) throws -> [Point] {
    var result: [Point] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      guard !rest.isEmpty else { return result }
      let item: Substring
      if rest.hasPrefix("{{") {
        var end = rest.startIndex
        repeat {
          guard let close = rest[end...].firstRange(of: "}}") else {
            throw EvidenceError("histogram is not closed: \(rest)")
          }
          end = close.upperBound
        } while rest[end...].hasPrefix("+{{") || rest[end...].hasPrefix("-{{")
        let tail = rest[end...].prefix { $0 != " " && $0 != "\t" }
        result += Array(
          repeating: Point.histogram, count: 1 + (try tail.isEmpty ? 0 : times(tail)))
        rest = rest[tail.endIndex...]
        continue
      }
      item = rest.prefix { $0 != " " && $0 != "\t" }
      rest = rest[item.endIndex...]
      result += try expanded(item)
    }
  }

  private static func times(_ text: Substring) throws -> Int {
    guard text.hasPrefix("x"), let count = Int(text.dropFirst()), count >= 0 else {
      throw EvidenceError("\(text) is no repetition")
    }
    return count
  }

  private static func expanded(_ item: Substring) throws -> [Point] {
    if item == "_" { return [.omitted] }
    if item.hasPrefix("_") {
      return Array(repeating: .omitted, count: try times(item.dropFirst()))
    }
    if item.hasPrefix("stale") {
      let tail = item.dropFirst(5)
      return Array(
        repeating: .number(Samples.stale), count: 1 + (try tail.isEmpty ? 0 : times(tail)))
    }
    var rest = item
    var value = try number(&rest)
    if rest.isEmpty { return [.number(value)] }
    let change = rest.hasPrefix("x") ? 0 : try number(&rest)
    let count = try times(rest)
    var result: [Point] = []
    for _ in 0...count {
      result.append(.number(value))
      value += change
    }
    return result
  }

  /// A signed number from the start of a text; 0x10 is zero, ten times more.
  private static func number(_ text: inout Substring) throws -> Double {
    var end = text.startIndex
    func peek() -> Character? { end < text.endIndex ? text[end] : nil }
    func take(_ isWanted: (Character) -> Bool) {
      while let next = peek(), isWanted(next) { end = text.index(after: end) }
    }
    if peek() == "+" || peek() == "-" { end = text.index(after: end) }
    if let letter = peek(), letter.isLetter {
      take { $0.isLetter && $0 != "x" }
    } else {
      take { $0.isNumber || $0 == "." }
      if peek() == "e" || peek() == "E" {
        end = text.index(after: end)
        if peek() == "+" || peek() == "-" { end = text.index(after: end) }
        take { $0.isNumber }
      }
    }
    guard let value = Double(text[..<end]) else {
      throw EvidenceError("\(text) is no number")
    }
    text = text[end...]
    return value
  }
}
