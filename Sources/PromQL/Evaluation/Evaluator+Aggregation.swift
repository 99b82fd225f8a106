extension Evaluator {
  mutating func vector(of node: Aggregation, on grid: StepGrid) throws(QueryError) -> Vector {
    if node.operation == .countValues { return try countedValues(node, on: grid) }
    var parameter: [Double] = []
    if let expression = node.parameter { parameter = try scalar(of: expression, on: grid) }
    let input = try vector(of: node.operand, on: grid)
    let groups = Groups(of: input, node)
    switch node.operation {
    case .topk, .bottomk, .limitk, .limitRatio:
      return try selection(node, parameter, of: input, groups, on: grid)
    default: break
    }
    if node.operation == .quantile, let expression = node.parameter {
      warnOfExtremes(parameter, expression.unwrapped.range)
    }
    var result = try emptyVector(on: grid, capacity: groups.labels.count)
    for (at, labels) in groups.labels.enumerated() {
      _ = result.addRow(Vector.Row(labels: labels, dropsName: groups.dropsName[at]))
    }
    switch node.operation {
    case .sum: sum(input, groups, into: &result)
    case .avg: average(input, groups, into: &result)
    case .count: count(input, groups, into: &result)
    case .group: each(input, groups, into: &result) { _, _ in 1 }
    case .min: each(input, groups, into: &result) { $1 < $0 || $0.isNaN ? $1 : $0 }
    case .max: each(input, groups, into: &result) { $1 > $0 || $0.isNaN ? $1 : $0 }
    case .stddev: variance(input, groups, into: &result) { $0.squareRoot() }
    case .stdvar: variance(input, groups, into: &result) { $0 }
    case .quantile: quantiles(parameter, input, groups, into: &result)
    case .topk, .bottomk, .limitk, .limitRatio, .countValues:
      preconditionFailure("\(node.operation) is no aggregation to one value per group")
    }
    if node.operation == .group { result.mapValues { _ in 1 } }
    return result.withoutEmptyRows()
  }

  /// NaN, the greatest and the least are each told when they are out of bounds.
  private mutating func warnOfExtremes(_ quantiles: [Double], _ range: SourceRange) {
    let numbers = quantiles.filter { !$0.isNaN }
    var extremes: [Double] = []
    if let most = numbers.max() { extremes.append(most) }
    if let least = numbers.min() { extremes.append(least) }
    if numbers.count < quantiles.count { extremes.append(.nan) }
    warnOfQuantiles(extremes, range)
  }

  // MARK: one value per group

  /// Folds the values of each group; the first value starts it.
  @inline(__always)
  private func each(
    _ input: Vector, _ groups: Groups, into result: inout Vector,
    _ combine: (Double, Double) -> Double
  ) {
    let steps = input.steps
    for row in input.rows.indices {
      let from = row * steps
      let to = groups.ofRow[row] * steps
      for step in 0..<steps where input.present[from &+ step] {
        let value = input.values[from &+ step]
        if result.present[to &+ step] {
          result.values[to &+ step] = combine(result.values[to &+ step], value)
        } else {
          result.present[to &+ step] = true
          result.values[to &+ step] = value
        }
      }
    }
  }

  private func sum(_ input: Vector, _ groups: Groups, into result: inout Vector) {
    let steps = input.steps
    var compensations = Array(repeating: 0.0, count: groups.labels.count * steps)
    for row in input.rows.indices {
      let from = row * steps
      let to = groups.ofRow[row] * steps
      for step in 0..<steps where input.present[from &+ step] {
        let value = input.values[from &+ step]
        let at = to &+ step
        if result.present[at] {
          var sum = CompensatedSum(sum: result.values[at], compensation: compensations[at])
          sum.add(value)
          result.values[at] = sum.sum
          compensations[at] = sum.compensation
        } else {
          result.present[at] = true
          result.values[at] = value
        }
      }
    }
    for at in compensations.indices { result.values[at] += compensations[at] }
  }

  private func average(_ input: Vector, _ groups: Groups, into result: inout Vector) {
    let steps = input.steps
    var means = Array(
      repeating: CompensatedMean(0), count: groups.labels.count * steps)
    for row in input.rows.indices {
      let from = row * steps
      let to = groups.ofRow[row] * steps
      for step in 0..<steps where input.present[from &+ step] {
        if result.present[to &+ step] {
          means[to &+ step].add(input.values[from &+ step])
        } else {
          result.present[to &+ step] = true
          means[to &+ step] = CompensatedMean(input.values[from &+ step])
        }
      }
    }
    for at in means.indices where result.present[at] { result.values[at] = means[at].mean }
  }

  private func count(_ input: Vector, _ groups: Groups, into result: inout Vector) {
    let steps = input.steps
    for row in input.rows.indices {
      let to = groups.ofRow[row] * steps
      for step in 0..<steps where input.present[row * steps &+ step] {
        result.present[to &+ step] = true
        result.values[to &+ step] += 1
      }
    }
  }

  @inline(__always)
  private func variance(
    _ input: Vector, _ groups: Groups, into result: inout Vector, _ transform: (Double) -> Double
  ) {
    let steps = input.steps
    var counts = Array(repeating: 0.0, count: groups.labels.count * steps)
    var means = counts
    for row in input.rows.indices {
      let to = groups.ofRow[row] * steps
      for step in 0..<steps where input.present[row * steps &+ step] {
        let value = input.values[row * steps &+ step]
        let at = to &+ step
        counts[at] += 1
        if result.present[at] {
          let delta = value - means[at]
          means[at] += delta / counts[at]
          result.values[at] += delta * (value - means[at])
        } else {
          result.present[at] = true
          means[at] = value
          result.values[at] = value.isFinite ? 0 : .nan
        }
      }
    }
    for at in counts.indices where result.present[at] {
      result.values[at] = transform(result.values[at] / counts[at])
    }
  }

  private func quantiles(
    _ parameter: [Double], _ input: Vector, _ groups: Groups, into result: inout Vector
  ) {
    let steps = input.steps
    for (group, members) in groups.members.enumerated() {
      for step in 0..<steps {
        var values: [Double] = []
        for row in members where input.present[row * steps + step] {
          values.append(input.values[row * steps + step])
        }
        if values.isEmpty { continue }
        result.present[group * steps + step] = true
        result.values[group * steps + step] = quantile(parameter[step], of: &values)
      }
    }
  }

  // MARK: count_values

  private mutating func countedValues(
    _ node: Aggregation, on grid: StepGrid
  ) throws(QueryError) -> Vector {
    guard let parameter = node.parameter else {
      preconditionFailure("count_values without a label, though it was checked")
    }
    let label = string(parameter)
    guard label.isWellFormed, !label.bytes.isEmpty else {
      throw QueryError(.evaluation, "invalid label name \(quoted(bytes: label.bytes))")
    }
    let input = try vector(of: node.operand, on: grid)
    var counted = node
    if !node.isWithout { counted.grouping.append(label.value) }
    let selection = Groups.selection(counted)
    var result = Vector(steps: grid.count)
    var places: [Labels: Int] = [:]
    // Per row, a value that comes again needs no new text.
    for row in input.rows.indices {
      var last: (bits: UInt64, base: Int)?
      for step in 0..<grid.count where input.present[row * grid.count + step] {
        let value = input.values[row * grid.count + step]
        var base = last?.base ?? 0
        if last?.bits != value.bitPattern {
          let labels = input.rows[row].labels.setting(label.value, to: plainText(value))
          let key = selection(labels)
          base = places[key] ?? result.addRow(Vector.Row(labels: key))
          places[key] = base
          last = (value.bitPattern, base)
        }
        result.present[base + step] = true
        result.values[base + step] += 1
      }
    }
    return result
  }
}

/// Which rows of a vector are aggregated together.
struct Groups {
  private var numbers: LabelNumbers
  /// Whether a row's name is to be dropped when the query ends.
  private(set) var dropsName: [Bool] = []
  /// The group of each row.
  private(set) var ofRow: [Int] = []

  init(of vector: Vector, _ node: Aggregation) {
    numbers = LabelNumbers(Groups.selection(node))
    ofRow.reserveCapacity(vector.rows.count)
    for row in vector.rows {
      let group = numbers.number(of: row.labels)
      if group == dropsName.count { dropsName.append(false) }
      if row.dropsName { dropsName[group] = true }
      ofRow.append(group)
    }
  }

  /// The labels of each group, in the order of their first rows.
  var labels: [Labels] { numbers.labels }

  /// The rows of each group.
  var members: [[Int]] {
    var members: [[Int]] = Array(repeating: [], count: numbers.count)
    for (row, group) in ofRow.enumerated() { members[group].append(row) }
    return members
  }

  /// The labels of the group that a series belongs to.
  static func selection(_ node: Aggregation) -> LabelSelection {
    node.isWithout ? LabelSelection(allBut: node.grouping) : LabelSelection(those: node.grouping)
  }
}

extension Vector {
  /// Without the rows that have no point.
  func withoutEmptyRows() -> Vector {
    if rows.indices.allSatisfy(hasPoint) { return self }
    return reordered(rows.indices.filter(hasPoint))
  }
}
