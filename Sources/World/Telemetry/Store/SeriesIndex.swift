import PromQL

/// Finds series by the names of their metrics, and by the values of the labels that queries choose by.
struct SeriesIndex: Sendable {
  private struct Posting: Hashable {
    var metric: String
    var label: String
    var value: String
  }

  /// Rows of the store in the order of their labels, up to a number of them; the others, which have come
  /// since, follow.
  private var named: [String: (rows: [Int32], sorted: Int)] = [:]
  private var unsorted: Set<String> = []
  /// Rows as they came.
  private var postings: [Posting: [Int32]] = [:]
  private var labels: Set<String> = []

  /// The names of all metrics, sorted.
  var names: [String] { named.keys.sorted() }

  mutating func add(_ labels: PromQL.Labels, _ row: Int32, by indexed: Set<String>) {
    let metric = labels.name
    self.labels = indexed
    named[metric, default: ([], 0)].rows.append(row)
    unsorted.insert(metric)
    for pair in labels.pairs where indexed.contains(pair.name) {
      let posting = Posting(metric: metric, label: pair.name, value: pair.value)
      postings[posting, default: []].append(row)
    }
  }

  mutating func keep(_ holds: (Int32) -> Bool) {
    named = named.mapValues { rows, sorted in
      (rows.filter(holds), rows[..<sorted].count(where: holds))
    }.filter { !$0.value.rows.isEmpty }
    postings = postings.mapValues { $0.filter(holds) }.filter { !$0.value.isEmpty }
  }

  /// Puts the rows that have come since into the order of their labels.
  mutating func sort(by isBefore: (Int32, Int32) -> Bool) {
    for name in unsorted {
      guard var (rows, sorted) = named.removeValue(forKey: name) else { continue }
      if rows.count - sorted > sorted / 16 {
        rows.sort(by: isBefore)
      } else {
        for index in sorted..<rows.count {
          let row = rows[index]
          var (low, high) = (0, index)
          while low < high {
            let middle = (low + high) / 2
            if isBefore(row, rows[middle]) { high = middle } else { low = middle + 1 }
          }
          rows.remove(at: index)
          rows.insert(row, at: low)
        }
      }
      sorted = rows.count
      named[name] = (rows, sorted)
    }
    unsorted.removeAll()
  }

  /// The rows among which those are that fulfil all conditions; nil: any.
  func candidates(_ matchers: [LabelMatcher]) -> [Int32]? {
    let name = matchers.first { $0.name == PromQL.Labels.metricName && $0.operation == .equal }
    guard let name else { return nil }
    var best = named[name.value]?.rows ?? []
    for matcher in matchers where labels.contains(matcher.name) {
      guard let values = matcher.values, !values.contains("") else { continue }
      var found: [Int32] = []
      for value in values {
        let posting = Posting(metric: name.value, label: matcher.name, value: value)
        found += postings[posting] ?? []
        if found.count >= best.count { break }
      }
      if found.count < best.count { best = values.count > 1 ? found.sorted() : found }
    }
    return best
  }
}

extension LabelMatcher {
  /// The values that fulfil the condition, where these are few and known: each once.
  fileprivate var values: [String]? {
    switch operation {
    case .equal: return [value]
    case .notEqual, .matchesNot: return nil
    case .matches:
      // Names and nothing else between bars.
      let isPlain = value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: ":"):
          true
        default: false
        }
      }
      guard isPlain else { return nil }
      let parts = value.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
      return Array(Set(parts))
    }
  }
}
