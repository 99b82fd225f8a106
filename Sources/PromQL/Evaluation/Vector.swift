/// An instant vector at all steps of a grid: one row per series, a row's steps side by side.
///
/// No two rows have the same labels, but for a name that is dropped when the query ends.
struct Vector {
  struct Row {
    var labels: Labels
    /// The name is dropped when the query ends.
    var dropsName = false
  }

  let steps: Int
  private(set) var rows: [Row] = []
  /// `rows.count * steps` values; meaningless where nothing is present.
  var values: [Double]
  var present: [Bool]

  /// Empty, with room for rows to come.
  init(steps: Int, capacity: Int = 0) {
    self.steps = steps
    values = Array(repeating: 0, count: capacity * steps)
    present = Array(repeating: false, count: capacity * steps)
    rows.reserveCapacity(capacity)
  }

  /// A row for each series that has a sample.
  init(of newest: NewestSamples, values: [Double]) {
    steps = newest.steps
    rows = newest.labels.map { Row(labels: $0) }
    self.values = values
    present = newest.times.map { $0 != NewestSamples.none }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The points that a row has; the row's points start at `row * steps`.
  func hasPoint(_ row: Int) -> Bool {
    for at in row * steps..<(row + 1) * steps where present[at] { return true }
    return false
  }

  /// A row without points, to be filled.
  /// - Returns: where its points start.
  mutating func addRow(_ row: Row) -> Int {
    let base = rows.count * steps
    rows.append(row)
    if values.count < base + steps {
      values.append(contentsOf: repeatElement(0, count: base + steps - values.count))
      present.append(contentsOf: repeatElement(false, count: base + steps - present.count))
    }
    return base
  }

  /// Takes back the last row if it got no points.
  mutating func dropLastRowIfEmpty() {
    if let last = rows.indices.last, !hasPoint(last) { rows.removeLast() }
  }

  mutating func copyRow(_ row: Int, of other: Vector) {
    let base = addRow(other.rows[row])
    for step in 0..<steps {
      values[base + step] = other.values[row * steps + step]
      present[base + step] = other.present[row * steps + step]
    }
  }

  mutating func setLabels(_ row: Int, _ labels: Labels) { rows[row].labels = labels }
  mutating func setDropsName(_ row: Int, _ drops: Bool) { rows[row].dropsName = drops }

  /// Applies a function to all points.
  @inline(__always)
  mutating func mapValues(_ transform: (Double) -> Double) {
    for at in 0..<rows.count * steps where present[at] { values[at] = transform(values[at]) }
  }

  /// The same at each of several steps; for vectors of one step.
  func repeated(_ count: Int) -> Vector {
    var result = Vector(steps: count, capacity: rows.count)
    for (at, row) in rows.enumerated() {
      let base = result.addRow(row)
      for step in 0..<count {
        result.values[base + step] = values[at]
        result.present[base + step] = present[at]
      }
    }
    return result
  }

  /// Rows in another order; for vectors of one step.
  func reordered(_ order: [Int]) -> Vector {
    var result = Vector(steps: steps, capacity: order.count)
    for row in order { result.copyRow(row, of: self) }
    return result
  }

  /// Drops what tells of the metric from all rows, or some; rows that are the same then become one.
  ///
  /// - Throws: `QueryError` when two of them have points at the same step.
  mutating func dropMetadata(where isDropped: (Row) -> Bool = { _ in true }) throws(QueryError) {
    var (first, metadata): (Labels?, Labels) = (nil, .empty)
    // What differs elsewhere stays different.
    var differsElsewhere = true
    for at in rows.indices {
      guard isDropped(rows[at]) else {
        differsElsewhere = false
        continue
      }
      let labels = rows[at].labels
      metadata.take(from: labels, those: .metadata)
      if let first {
        differsElsewhere = differsElsewhere && metadata == first
      } else {
        first = metadata
      }
      rows[at].labels = labels.withoutMetadata
    }
    if !differsElsewhere { try mergeEqualRows() }
  }

  /// Rows with the same labels become one.
  ///
  /// - Throws: `QueryError` when two of them have points at the same step.
  mutating func mergeEqualRows() throws(QueryError) {
    if rows.count < 2 { return }
    var places: [Labels: Int] = [:]
    places.reserveCapacity(rows.count)
    var hasEqualRows = false
    for (at, row) in rows.enumerated() where places.updateValue(at, forKey: row.labels) != nil {
      hasEqualRows = true
      break
    }
    if !hasEqualRows { return }
    places = [:]
    var merged = Vector(steps: steps, capacity: rows.count)
    for (at, row) in rows.enumerated() {
      guard let place = places[row.labels] else {
        places[row.labels] = merged.rows.count
        merged.copyRow(at, of: self)
        continue
      }
      for step in 0..<steps where present[at * steps + step] {
        if merged.present[place * steps + step] {
          throw QueryError(
            .evaluation, "vector cannot contain metrics with the same labelset")
        }
        merged.present[place * steps + step] = true
        merged.values[place * steps + step] = values[at * steps + step]
      }
    }
    self = merged
  }
}
