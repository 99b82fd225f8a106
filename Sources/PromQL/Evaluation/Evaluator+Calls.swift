extension Evaluator {
  mutating func value(of call: Call, on grid: StepGrid) throws(QueryError) -> Value {
    let arguments = call.arguments
    switch call.function {
    case .time: return .scalar((0..<grid.count).map { Double(grid.time($0)) / 1000 })
    case .pi: return constant(.pi, grid)
    case .start: return constant(Double(query.first) / 1000, grid)
    case .end: return constant(Double(queryEnd) / 1000, grid)
    case .step: return constant(Double(queryStep) / 1000, grid)
    case .range: return constant(Double(queryEnd - query.first) / 1000, grid)
    case .minOf, .maxOf:
      let a = try scalar(of: arguments[0], on: grid)
      let b = try scalar(of: arguments[1], on: grid)
      let isLeast = call.function == .minOf
      return .scalar(zip(a, b).map { isLeast ? minimum($0, $1) : maximum($0, $1) })
    case .scalar: return .scalar(onlyValues(of: try vector(of: arguments[0], on: grid)))
    case .vector:
      var result = try emptyVector(on: grid, capacity: 1)
      fill(&result, row: .empty, with: try scalar(of: arguments[0], on: grid))
      return .vector(result)
    case .absent: return .vector(try absent(call, on: grid))
    case .timestamp: return .vector(try timestamps(of: arguments[0], on: grid))
    case .sort, .sortDesc, .sortByLabel, .sortByLabelDesc:
      return .vector(try sorted(call, on: grid))
    case .labelReplace: return .vector(try labelReplaced(call, on: grid))
    case .labelJoin: return .vector(try labelJoined(call, on: grid))
    case .info: return .vector(try info(call, on: grid))
    case .histogramQuantile: return .vector(try histogramQuantile(call, on: grid))
    case .histogramQuantiles: return .vector(try histogramQuantiles(call, on: grid))
    case .histogramFraction: return .vector(try histogramFraction(call, on: grid))
    case .histogramAvg, .histogramCount, .histogramSum, .histogramStddev, .histogramStdvar:
      // They are about native histograms; floats are ignored.
      _ = try vector(of: arguments[0], on: grid)
      return .vector(try emptyVector(on: grid, capacity: 0))
    case .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .hour, .minute, .month, .year:
      return .vector(try calendar(call, on: grid))
    default:
      if call.function.signature.arguments.contains(.rangeVector) {
        return .vector(try overRange(call, on: grid))
      }
      return .vector(try elementwise(call, on: grid))
    }
  }

  private func constant(_ number: Double, _ grid: StepGrid) -> Value {
    .scalar(Array(repeating: number, count: grid.count))
  }

  /// Adds a row with a point at each step.
  func fill(_ vector: inout Vector, row labels: Labels, with numbers: [Double]) {
    let base = vector.addRow(Vector.Row(labels: labels))
    for step in 0..<vector.steps {
      vector.values[base + step] = numbers[step]
      vector.present[base + step] = true
    }
  }

  /// At each step the value of the only element; NaN when there are none or several.
  private func onlyValues(of vector: Vector) -> [Double] {
    var counts = Array(repeating: 0, count: vector.steps)
    var numbers = Array(repeating: Double.nan, count: vector.steps)
    for row in vector.rows.indices {
      for step in 0..<vector.steps where vector.present[row * vector.steps + step] {
        counts[step] += 1
        numbers[step] = counts[step] == 1 ? vector.values[row * vector.steps + step] : .nan
      }
    }
    return numbers
  }

  // MARK: absence and time

  private mutating func absent(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let vector = try vector(of: call.arguments[0], on: grid)
    return try ones(whereNotIn: vector, labels: absentLabels(call.arguments[0]), on: grid)
  }

  /// A row of ones at the steps where a vector has no element.
  func ones(
    whereNotIn vector: Vector, labels: Labels, on grid: StepGrid
  ) throws(QueryError) -> Vector {
    var result = try emptyVector(on: grid, capacity: 1)
    let base = result.addRow(Vector.Row(labels: labels))
    for step in 0..<grid.count {
      let isThere = vector.rows.indices.contains { vector.present[$0 * vector.steps + step] }
      result.values[base + step] = 1
      result.present[base + step] = !isThere
    }
    result.dropLastRowIfEmpty()
    return result
  }

  /// The labels that a selector demands to be equal to one value.
  func absentLabels(_ expression: Expression) -> Labels {
    let matchers: [LabelMatcher]
    switch expression.unwrapped {
    case .selector(let node): matchers = node.matchers
    case .range(let node): matchers = node.selector.matchers
    default: return .empty
    }
    var labels = Labels.empty
    var seen: [String] = []
    for matcher in matchers where matcher.name != Labels.metricName {
      let isFirst = !seen.contains(matcher.name)
      if matcher.operation == .equal, isFirst {
        labels = labels.setting(matcher.name, to: matcher.value)
        seen.append(matcher.name)
      } else {
        labels = labels.setting(matcher.name, to: "")
      }
    }
    return labels
  }

  private mutating func timestamps(
    of argument: Expression, on grid: StepGrid
  ) throws(QueryError) -> Vector {
    var result: Vector
    if case .selector(let node) = argument.unwrapped {
      result = try sampleTimes(of: node, on: grid)
    } else {
      result = try vector(of: argument, on: grid)
      for row in result.rows.indices {
        for step in 0..<grid.count {
          result.values[row * grid.count + step] = Double(grid.time(step)) / 1000
        }
      }
    }
    try dropNames(&result)
    return result
  }

  private mutating func calendar(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    var result: Vector
    if let argument = call.arguments.first {
      result = try vector(of: argument, on: grid)
      try dropNames(&result)
    } else {
      result = try emptyVector(on: grid, capacity: 1)
      fill(&result, row: .empty, with: (0..<grid.count).map { Double(grid.time($0) / 1000) })
    }
    let function = call.function
    result.mapValues { Moment(seconds: $0).field(function) }
    return result
  }

  // MARK: order

  private mutating func sorted(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let vector = try vector(of: call.arguments[0], on: grid)
    guard grid.count == 1 else {
      annotations.add(.sortInRangeQuery(call.range))
      return vector
    }
    let isDescending = call.function == .sortDesc || call.function == .sortByLabelDesc
    if call.function == .sort || call.function == .sortDesc {
      return vector.reordered(vector.orderByValue(isDescending: isDescending))
    }
    let names = strings(call.arguments.dropFirst())
    let order = vector.rows.indices.sorted { a, b in
      let left = vector.rows[a].labels
      let right = vector.rows[b].labels
      for name in names where Label(name, left[name]) != Label(name, right[name]) {
        return isNaturallyBefore(left[name], right[name]) != isDescending
      }
      return isDescending ? right < left : left < right
    }
    return vector.reordered(order)
  }

  func strings(_ arguments: ArraySlice<Expression>) -> [String] {
    arguments.map { string($0).value }
  }

  func string(_ argument: Expression) -> StringLiteral {
    guard case .string(let literal) = argument.unwrapped else {
      preconditionFailure("\(argument) is no string, though its type was checked")
    }
    return literal
  }
}

extension Vector {
  /// Rows by value, NaN last; equal values keep their order. For vectors of one step.
  func orderByValue(isDescending: Bool) -> [Int] {
    rows.indices.sorted { a, b in
      let left = values[a]
      let right = values[b]
      if left.isNaN || right.isNaN {
        return !left.isNaN && right.isNaN || left.isNaN == right.isNaN && a < b
      }
      if left == right { return a < b }
      return isDescending ? left > right : left < right
    }
  }
}

/// Whether a text stands before another when numbers within them are compared as numbers.
func isNaturallyBefore(_ a: String, _ b: String) -> Bool {
  let left = Array(a.utf8)
  let right = Array(b.utf8)
  var i = 0
  var j = 0
  while i < left.count, j < right.count {
    if isDigit(left[i]), isDigit(right[j]) {
      let first = numberRun(left, &i)
      let second = numberRun(right, &j)
      if first.count != second.count { return first.count < second.count }
      if first != second { return first.lexicographicallyPrecedes(second) }
    } else {
      if left[i] != right[j] { return left[i] < right[j] }
      i += 1
      j += 1
    }
  }
  if left.count - i != right.count - j { return left.count - i < right.count - j }
  return left.lexicographicallyPrecedes(right)
}

/// The digits from a place on, without leading zeros.
private func numberRun(_ bytes: [UInt8], _ at: inout Int) -> ArraySlice<UInt8> {
  let start = at
  while at < bytes.count, isDigit(bytes[at]) { at += 1 }
  return bytes[start..<at].drop { $0 == UInt8(ascii: "0") }
}
