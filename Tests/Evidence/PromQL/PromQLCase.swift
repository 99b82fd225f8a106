import PromQL

/// One `eval` of a script: a query and what it has to give.
struct PromQLCase {
  enum Times {
    case instant(Int64)
    case range(from: Int64, through: Int64, step: Int64)
  }

  enum Wanted: String {
    case ordered, fail, warn, info
    case noWarn = "no_warn"
    case noInfo = "no_info"
  }

  /// A demand on an error or annotation.
  struct Expectation {
    enum Text {
      case any
      case exactly(String)
      case matching(SearchPattern)
    }

    var wanted: Wanted
    var text = Text.any

    func isMet(by message: String) -> Bool {
      switch text {
      case .any: true
      case .exactly(let wanted): message == wanted
      case .matching(let pattern): pattern.isFound(in: message)
      }
    }
  }

  var lineNumber: Int
  var query: String
  var times: Times
  var expectations: [Expectation] = []
  var series: [SeriesLine] = []
  var scalar: Double?
  var string: String?
  /// The times of the samples of a range vector.
  var rangeVector: (from: Int64, step: Int64)?

  func expects(_ wanted: Wanted) -> Bool { expectations.contains { $0.wanted == wanted } }

  /// - Returns: the case, and how many lines of the block belong to it.
  static func read(
    _ line: String, _ block: [String], lineNumber: Int
  ) throws -> (PromQLCase, Int) {
    var result = try head(line, lineNumber)
    var used = 0
    for each in block {
      used += 1
      if try result.readDirective(each) { continue }
      if let number = Double(each) {
        result.scalar = number
        break
      }
      let series = try SeriesLine(each)
      result.series.removeAll { $0.labels == series.labels }
      result.series.append(series)
    }
    return (result, used)
  }

  private static func head(_ line: String, _ lineNumber: Int) throws -> PromQLCase {
    var words = Words(line)
    let command = words.next().lowercased()
    let kind = words.next()
    var times: Times
    func time(_ text: String) throws -> Int64 {
      guard let time = durationMilliseconds(text) else {
        throw EvidenceError("\(text) is no time")
      }
      return time
    }
    if kind == "instant" {
      times = .instant(0)
      if words.skip("at") { times = .instant(try time(words.next())) }
    } else {
      guard kind == "range", words.skip("from") else { throw EvidenceError("\(line): no eval") }
      let from = try time(words.next())
      guard words.skip("to") else { throw EvidenceError("\(line): no end") }
      let through = try time(words.next())
      guard words.skip("step") else { throw EvidenceError("\(line): no step") }
      times = .range(from: from, through: through, step: try time(words.next()))
    }
    var result = PromQLCase(lineNumber: lineNumber, query: words.rest, times: times)
    if let suffix = Wanted(rawValue: String(command.dropFirst("eval_".count))) {
      result.expectations.append(Expectation(wanted: suffix))
    }
    return result
  }

  /// Reads a line that is no series; false when it is one.
  private mutating func readDirective(_ line: String) throws -> Bool {
    var words = Words(line)
    let first = words.next()
    if first == "expected_fail_message" {
      expectations = [Expectation(wanted: .fail, text: .exactly(words.rest))]
      return true
    }
    if first == "expected_fail_regexp" {
      expectations = [Expectation(wanted: .fail, text: .matching(try SearchPattern(words.rest)))]
      return true
    }
    guard first == "expect" else { return false }
    if words.rest.hasPrefix("string") {
      guard case .string(let literal) = try Query(String(words.rest.dropFirst(6))).expression else {
        throw EvidenceError("\(line): no string")
      }
      string = literal.value
      return true
    }
    if words.rest.hasPrefix("range vector") {
      let parts = words.rest.split(separator: " ").map(String.init)
      guard parts.count == 8, let from = durationMilliseconds(parts[3]),
        let step = durationMilliseconds(parts[7])
      else { throw EvidenceError("\(line): no range vector") }
      rangeVector = (from, step)
      return true
    }
    guard let wanted = Wanted(rawValue: words.next()) else {
      throw EvidenceError("\(line) expects nothing known")
    }
    var expectation = Expectation(wanted: wanted)
    if words.rest.hasPrefix("msg:") {
      expectation.text = .exactly(trim(words.rest.dropFirst(4)))
    } else if words.rest.hasPrefix("regex:") {
      expectation.text = .matching(try SearchPattern(trim(words.rest.dropFirst(6))))
    }
    expectations.append(expectation)
    return true
  }
}

/// Cuts words off the start of a line.
private struct Words {
  private var text: Substring

  init(_ line: String) { text = Substring(line) }

  var rest: String { trim(text) }

  mutating func next() -> String {
    text = text.drop { $0 == " " || $0 == "\t" }
    let word = text.prefix { $0 != " " && $0 != "\t" }
    text = text[word.endIndex...]
    return String(word)
  }

  mutating func skip(_ word: String) -> Bool {
    var other = self
    guard other.next() == word else { return false }
    self = other
    return true
  }
}
