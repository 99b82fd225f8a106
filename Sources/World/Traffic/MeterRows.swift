import Units

/// What a `RequestMeter` noted, row by row.
struct MeterRows: Sendable {
  let bounds: [Span]
  private let words: [Int64]
  private var starts: [Int] = []

  init(_ words: [Int64] = [], bounds: [Span]) {
    self.bounds = bounds
    self.words = words
    let header = RequestMeter.Field.allCases.count
    var start = 0
    while start < words.count {
      starts.append(start)
      let observed = words[start + RequestMeter.Field.observed.rawValue].nonzeroBitCount
      start += header + observed * RequestMeter.blockWidth(bounds.count)
    }
  }

  var isEmpty: Bool { starts.isEmpty }
  var indices: Range<Int> { starts.indices }

  subscript(index: Int) -> MeterRow {
    let end = index + 1 < starts.count ? starts[index + 1] : words.count
    return MeterRow(words[starts[index]..<end], bounds: bounds.count)
  }

  /// Rows within a span of time, one of zeros at its beginning.
  ///
  /// - Parameter ofProcess: whether what earlier processes counted is left out.
  func within(_ from: Instant, _ to: Instant, ofProcess: Bool) -> [MeterRow] {
    var rows = [MeterRow(zeroAt: from, bounds: bounds.count)]
    var last: MeterRow?
    var ofEarlierProcess: MeterRow?
    for index in indices {
      var row = self[index]
      if let last, last[.ended] < row[.ended] { ofEarlierProcess = last }
      last = row
      guard row[.at] > from.ns, row[.at] < to.ns else { continue }
      if ofProcess { row.before = ofEarlierProcess?.words }
      rows.append(row)
    }
    return rows
  }
}

/// One row of a meter: what was counted by its time.
struct MeterRow: Sendable {
  let words: ArraySlice<Int64>
  private let bounds: Int
  /// The row from which it counts.
  fileprivate(set) var before: ArraySlice<Int64>?

  init(_ words: ArraySlice<Int64>, bounds: Int) {
    self.words = words
    self.bounds = bounds
  }

  fileprivate init(zeroAt at: Instant, bounds: Int) {
    var words = [Int64](repeating: 0, count: RequestMeter.Field.allCases.count)
    words[RequestMeter.Field.at.rawValue] = at.ns
    self.init(words[...], bounds: bounds)
  }

  var at: Instant { Instant(ns: self[.at]) }

  /// As it was noted; counts are over all processes.
  subscript(field: RequestMeter.Field) -> Int64 { words[words.startIndex + field.rawValue] }

  /// Of a field that counts: what was added since the processes before.
  func added(_ field: RequestMeter.Field) -> Int64 {
    self[field] - (before.map { $0[$0.startIndex + field.rawValue] } ?? 0)
  }

  func count(_ observation: RequestMeter.Observation) -> Int64 { value(observation, 0) }

  /// Nanoseconds.
  func sum(_ observation: RequestMeter.Observation) -> Int64 { value(observation, 1) }

  /// How many lie above one bound and not above the next.
  func bucket(_ observation: RequestMeter.Observation, _ index: Int) -> Int64 {
    value(observation, 2 + index)
  }

  private func value(_ observation: RequestMeter.Observation, _ offset: Int) -> Int64 {
    word(words, observation, offset) - (before.map { word($0, observation, offset) } ?? 0)
  }

  private func word(
    _ words: ArraySlice<Int64>, _ observation: RequestMeter.Observation, _ offset: Int
  ) -> Int64 {
    let observed = words[words.startIndex + RequestMeter.Field.observed.rawValue]
    let bit = Int64(1) << Int64(observation.rawValue)
    guard observed & bit != 0 else { return 0 }
    let block = (observed & (bit - 1)).nonzeroBitCount * RequestMeter.blockWidth(bounds)
    return words[words.startIndex + RequestMeter.Field.allCases.count + block + offset]
  }
}
