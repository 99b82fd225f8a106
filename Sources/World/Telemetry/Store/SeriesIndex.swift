import PromQL

/// Finds series by the names of their metrics, and by the values of the labels that queries choose by.
struct SeriesIndex: Sendable {
  /// The series of one metric, as rows of the store.
  fileprivate struct Metric: Sendable {
    /// In the order of their labels, up to a number of them; the others, which have come since, follow.
    var rows: [Int32] = []
    var sorted = 0
    /// As they came, by the label that queries choose by, and its value.
    var postings: [String: [String: [Int32]]] = [:]
  }

  /// By the name alone, as labels, which are compared by their bytes.
  private var metrics: [PromQL.Labels: Metric] = [:]
  private var unsorted: Set<PromQL.Labels> = []

  /// The names of all metrics, sorted.
  var names: [String] { metrics.keys.sorted().map(\.name) }

  /// - Parameter indexed: the labels that queries of the metric choose by.
  mutating func add(_ labels: PromQL.Labels, _ row: Int32, of name: String, by indexed: Set<String>)
  {
    let key = PromQL.Labels(name: name)
    metrics[key, default: Metric()].add(labels, row, by: indexed)
    unsorted.insert(key)
  }

  mutating func keep(_ holds: (Int32) -> Bool) {
    for name in Array(metrics.keys) {
      metrics[name]?.keep(holds)
      if metrics[name]?.rows.isEmpty ?? false { metrics[name] = nil }
    }
  }

  /// Puts the rows that have come since into the order of their labels.
  mutating func sort(_ labels: (Int32) -> PromQL.Labels) {
    for name in unsorted { metrics[name]?.sort(labels) }
    unsorted.removeAll()
  }

  /// Among which rows those are that fulfil all conditions; nil: any.
  func candidates(_ matchers: [LabelMatcher]) -> Candidates? {
    let name = matchers.firstIndex {
      $0.name == PromQL.Labels.metricName && $0.operation == .equal
    }
    guard let name else { return nil }
    guard let metric = metrics[PromQL.Labels(name: matchers[name].value)] else {
      return Candidates(rows: [], areSorted: true, conditions: [])
    }
    var others = matchers
    others.remove(at: name)
    return metric.candidates(others)
  }

  struct Candidates {
    var rows: [Int32]
    /// Whether they are in the order of their labels.
    var areSorted: Bool
    /// Those that not all of them fulfil.
    var conditions: [LabelMatcher]
  }
}

extension SeriesIndex.Metric {
  fileprivate mutating func add(_ labels: PromQL.Labels, _ row: Int32, by indexed: Set<String>) {
    rows.append(row)
    for label in indexed {
      let value = labels[label]
      if value.isEmpty { continue }
      postings[label, default: [:]][value, default: []].append(row)
    }
  }

  fileprivate mutating func keep(_ holds: (Int32) -> Bool) {
    sorted = rows[..<sorted].count(where: holds)
    rows.removeAll { !holds($0) }
    for label in Array(postings.keys) {
      let kept = postings[label]?.compactMapValues { rows in
        let kept = rows.filter(holds)
        return kept.isEmpty ? nil : kept
      }
      postings[label] = kept
    }
  }

  fileprivate mutating func sort(_ labels: (Int32) -> PromQL.Labels) {
    if rows.count - sorted > sorted / 16 {
      rows = PromQL.Labels.order(of: rows.map(labels)).map { rows[$0] }
    } else {
      for index in sorted..<rows.count {
        let row = rows[index]
        let own = labels(row)
        var (low, high) = (0, index)
        while low < high {
          let middle = (low + high) / 2
          if own < labels(rows[middle]) { high = middle } else { low = middle + 1 }
        }
        rows.remove(at: index)
        rows.insert(row, at: low)
      }
    }
    sorted = rows.count
  }

  fileprivate func candidates(_ matchers: [LabelMatcher]) -> SeriesIndex.Candidates {
    var (best, areSorted, by) = (rows, sorted == rows.count, Int?.none)
    for (index, matcher) in matchers.enumerated() {
      guard let known = postings[matcher.name], !matcher.matches(""),
        let values = matcher.values ?? matcher.values(among: known, below: best.count)
      else { continue }
      var found: [Int32] = []
      for value in values {
        found += known[value] ?? []
        if found.count >= best.count { break }
      }
      if found.count < best.count {
        (best, areSorted, by) = (values.count > 1 ? found.sorted() : found, false, index)
      }
    }
    var conditions = matchers
    if let by { conditions.remove(at: by) }
    return .init(rows: best, areSorted: areSorted, conditions: conditions)
  }
}

extension LabelMatcher {
  /// The values that fulfil the condition, where looking at each is less than looking at the rows.
  ///
  /// - Parameters:
  ///   - known: rows by value.
  ///   - count: of rows.
  fileprivate func values(among known: [String: [Int32]], below count: Int) -> [String]? {
    guard operation == .matches, known.count * 2 < count else { return nil }
    return known.keys.filter { matches($0) }
  }

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
