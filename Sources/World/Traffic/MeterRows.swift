import Units

/// What a `RequestMeter` noted, row by row, until those who show it have read it.
///
/// A row has its fields and a block for each kind of observation that was made until then. Positions
/// count words from the first one ever noted.
struct MeterRows: Sendable {
  private let bounds: Int
  private var words: [Int64] = []
  /// Words that are forgotten.
  private var first = 0
  /// The last row of each process that has ended.
  private var ends: [[Int64]] = []
  private var last = 0
  /// How many processes had ended when each of the pod's sandboxes did.
  private var sandboxes: [Int] = []

  /// Since when a row counts.
  enum Origin: Sendable {
    /// The beginnings of the meter, of the pod's present sandbox, and of its present process.
    case meter, sandbox, process
  }

  /// - Parameter bounds: buckets of each observation.
  init(bounds: Int) { self.bounds = bounds }

  /// Behind the last row.
  var end: Int { first + words.count }
  /// The first row that is kept.
  var start: Int { first }

  mutating func append(_ fields: [Int64], _ blocks: [Int64]) {
    last = end
    words += fields
    words += blocks
  }

  /// The row noted last is the last one of its process.
  mutating func endProcess() { ends.append(Array(words[(last - first)...])) }

  /// The sandbox is gone, after its process.
  mutating func endSandbox() { sandboxes.append(ends.count) }

  mutating func forget(before position: Int) {
    guard position > first else { return }
    words.removeFirst(position - first)
    first = position
  }

  /// Behind the row at a position.
  func next(_ position: Int) -> Int {
    let observed = words[position - first + RequestMeter.Field.observed.rawValue].nonzeroBitCount
    return position + RequestMeter.Field.allCases.count
      + observed * RequestMeter.blockWidth(bounds)
  }

  /// When a row was noted, in nanoseconds.
  func time(_ position: Int) -> Int64 { words[position - first + RequestMeter.Field.at.rawValue] }

  /// - Parameter origin: what was counted before is left out.
  func row(_ position: Int, since origin: Origin) -> MeterRow {
    let start = position - first
    var row = MeterRow(words[start..<next(position) - first], bounds: bounds)
    let ended = Int(row[.ended])
    let before =
      switch origin {
      case .meter: 0
      case .sandbox: sandboxes.last { $0 <= ended } ?? 0
      case .process: ended
      }
    if before > 0 { row.before = ends[before - 1][...] }
    return row
  }

  /// One of zeros.
  func zero(at: Instant) -> MeterRow {
    var words = [Int64](repeating: 0, count: RequestMeter.Field.allCases.count)
    words[RequestMeter.Field.at.rawValue] = at.ns
    return MeterRow(words[...], bounds: bounds)
  }
}

/// One row of a meter: what was counted by its time.
struct MeterRow: Sendable {
  let words: ArraySlice<Int64>
  private let bounds: Int
  /// The row from which it counts.
  fileprivate(set) var before: ArraySlice<Int64>?

  fileprivate init(_ words: ArraySlice<Int64>, bounds: Int) {
    self.words = words
    self.bounds = bounds
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
