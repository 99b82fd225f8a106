import PromQL

/// A line `metric@st offsets`: when the counters behind the samples of the next line started, in
/// milliseconds relative to each sample; nil where it is unknown. Without a metric it holds for all.
struct StartTimes {
  var metric: String
  var offsets: [Int64?]

  /// Nil when the line is about something else.
  init?(_ line: String) throws {
    guard let end = line.firstIndex(where: { $0 == " " || $0 == "\t" }),
      line[..<end].hasSuffix("@st")
    else { return nil }
    metric = String(line[..<end].dropLast(3))
    offsets = []
    for item in line[end...].split(whereSeparator: { $0 == " " || $0 == "\t" }) {
      offsets += try StartTimes.expanded(item, offsets.last { $0 != nil } ?? 0)
    }
  }

  private static func expanded(_ item: Substring, _ before: Int64?) throws -> [Int64?] {
    func count(_ text: Substring) throws -> Int {
      if text.isEmpty { return 0 }
      guard text.hasPrefix("x"), let count = Int(text.dropFirst()) else {
        throw EvidenceError("\(item) is no start time")
      }
      return count
    }
    if item == "_" { return [nil] }
    if item.hasPrefix("_") { return Array(repeating: nil, count: try count(item.dropFirst())) }
    if item.hasPrefix("*") {
      return Array(repeating: before, count: 1 + (try count(item.dropFirst())))
    }
    var rest = item
    var value = try duration(&rest)
    if rest.isEmpty || rest.hasPrefix("x") {
      return Array(repeating: value, count: 1 + (try count(rest)))
    }
    let change = try duration(&rest)
    var result: [Int64?] = []
    for _ in 0...(try count(rest)) {
      result.append(value)
      value += change
    }
    return result
  }

  private static func duration(_ text: inout Substring) throws -> Int64 {
    let sign: Int64 = text.hasPrefix("-") ? -1 : 1
    let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text
    let shown = unsigned.prefix { $0 != "x" && $0 != "+" && $0 != "-" }
    guard let value = durationMilliseconds(String(shown)) else {
      throw EvidenceError("\(text) is no duration")
    }
    text = unsigned[shown.endIndex...]
    return sign * value
  }
}
