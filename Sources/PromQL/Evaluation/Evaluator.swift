import Kernel

/// Evaluates one query.
struct Evaluator<Source: SeriesSource> {
  let source: Source
  let options: QueryOptions
  /// The times of the whole query, which `start()`, `end()`, `range()` and `step()` tell.
  let query: StepGrid
  let queryEnd: Int64
  /// 0 for instant queries.
  let queryStep: Int64
  var annotations = Annotations()

  init(
    source: Source, options: QueryOptions, query: StepGrid, queryEnd: Int64? = nil,
    queryStep: Int64
  ) {
    self.source = source
    self.options = options
    self.query = query
    self.queryEnd = queryEnd ?? query.last
    self.queryStep = queryStep
  }

  // MARK: whole queries

  mutating func instantValue(of expression: Expression) throws(QueryError) -> QueryValue {
    if expression.type == .rangeVector {
      return .matrix(try rawSeries(of: expression.unwrapped))
    }
    switch try value(of: expression, on: query) {
    case .scalar(let numbers): return .scalar(numbers[0])
    case .string(let literal): return .string(literal.value)
    case .vector(let vector):
      let final = try withFinalNames(vector)
      return .vector(
        final.rows.indices.filter { final.present[$0] }.map {
          SeriesValue(labels: final.rows[$0].labels, value: final.values[$0])
        })
    }
  }

  mutating func matrix(of expression: Expression) throws(QueryError) -> [Series] {
    switch try value(of: expression, on: query) {
    case .string: return []
    case .scalar(let numbers):
      let times = (0..<query.count).map { query.time($0) }
      return [Series(labels: .empty, samples: Samples(times: times, values: numbers))]
    case .vector(let vector):
      let final = try withFinalNames(vector)
      var result: [Series] = []
      result.reserveCapacity(final.rows.count)
      for (at, row) in final.rows.enumerated() {
        let samples = final.samples(ofRow: at, on: query)
        if samples.count > 0 { result.append(Series(labels: row.labels, samples: samples)) }
      }
      return result.sortedUnlessSorted { $0.labels < $1.labels }
    }
  }

  /// Drops the names whose removal was put off.
  private func withFinalNames(_ vector: Vector) throws(QueryError) -> Vector {
    var result = vector
    if options.delaysNameRemoval { try result.dropMetadata { $0.dropsName } }
    return result
  }

  // MARK: parts of queries

  mutating func value(of expression: Expression, on grid: StepGrid) throws(QueryError) -> Value {
    if grid.count > 1, expression.isCostly, expression.isStepInvariant {
      return try value(of: expression, on: StepGrid(at: grid.first)).repeated(grid.count)
    }
    switch expression {
    case .number(let literal):
      return .scalar(Array(repeating: literal.value, count: grid.count))
    case .string(let literal): return .string(literal)
    case .selector(let node): return .vector(try instantVector(of: node, on: grid))
    case .range, .subquery:
      throw QueryError(.evaluation, "range vector outside of a function", at: expression.range)
    case .call(let node): return try value(of: node, on: grid)
    case .aggregation(let node): return .vector(try vector(of: node, on: grid))
    case .binary(let node): return try value(of: node, on: grid)
    case .parentheses(let node): return try value(of: node.inner, on: grid)
    case .unary(let node):
      let operand = try value(of: node.operand, on: grid)
      return node.isNegation ? try negated(operand) : operand
    }
  }

  mutating func vector(of expression: Expression, on grid: StepGrid) throws(QueryError) -> Vector {
    switch try value(of: expression, on: grid) {
    case .vector(let vector): return vector
    case .scalar, .string:
      preconditionFailure("\(expression) is no vector, though its type was checked")
    }
  }

  mutating func scalar(of expression: Expression, on grid: StepGrid) throws(QueryError) -> [Double]
  {
    switch try value(of: expression, on: grid) {
    case .scalar(let numbers): return numbers
    case .vector, .string:
      preconditionFailure("\(expression) is no scalar, though its type was checked")
    }
  }

  private func negated(_ value: Value) throws(QueryError) -> Value {
    switch value {
    case .scalar(let numbers): return .scalar(numbers.map { -$0 })
    case .string: return value
    case .vector(var vector):
      vector.mapValues { -$0 }
      try dropNames(&vector)
      return .vector(vector)
    }
  }

  /// Drops the metric names of all rows, at once or when the query ends.
  ///
  /// - Throws: `QueryError` when two series with the same labels remain.
  func dropNames(_ vector: inout Vector) throws(QueryError) {
    if options.delaysNameRemoval {
      for at in vector.rows.indices { vector.setDropsName(at, true) }
    } else {
      try vector.dropMetadata()
    }
  }

  /// A vector with room for so many rows.
  func emptyVector(on grid: StepGrid, capacity: Int) throws(QueryError) -> Vector {
    try checkPoints(on: grid, rows: capacity)
    return Vector(steps: grid.count, capacity: capacity)
  }

  /// - Throws: `QueryError` when so many rows would have more points than are allowed.
  func checkPoints(on grid: StepGrid, rows: Int) throws(QueryError) {
    let (points, overflowed) = rows.multipliedReportingOverflow(by: grid.count)
    if overflowed || points > options.pointsMax {
      throw QueryError(
        .evaluation,
        "query processing would load too many samples into memory in query execution; "
          + "ask for fewer series or a wider step")
    }
  }

  // MARK: durations

  /// A duration in milliseconds, rounded towards zero.
  func milliseconds(
    _ duration: DurationExpression, mayBeNegative: Bool = false
  ) throws(QueryError) -> Int64 {
    let seconds = try seconds(duration)
    if !mayBeNegative, !(seconds > 0) {
      throw QueryError(.evaluation, "duration must be greater than 0")
    }
    guard seconds.magnitude < 9_223_372_036 else {
      throw QueryError(.evaluation, "duration is out of range")
    }
    if case .number = duration { return Int64((seconds * 1e9).rounded()) / 1_000_000 }
    return Int64(seconds * 1000)
  }

  private func seconds(_ duration: DurationExpression) throws(QueryError) -> Double {
    switch duration {
    case .number(let literal): return literal.value
    case .step: return Double(queryStep) / 1000
    case .queryRange: return Double(queryEnd - query.first) / 1000
    case .negated(let inner): return -(try seconds(inner))
    case .parentheses(let inner): return try seconds(inner)
    case .least(let a, let b): return minimum(try seconds(a), try seconds(b))
    case .greatest(let a, let b): return maximum(try seconds(a), try seconds(b))
    case .binary(let operation, let a, let b):
      let left = try seconds(a)
      let right = try seconds(b)
      switch operation {
      case .add: return left + right
      case .subtract: return left - right
      case .multiply: return left * right
      case .divide:
        if right == 0 { throw QueryError(.evaluation, "division by zero") }
        return left / right
      case .modulo:
        if right == 0 { throw QueryError(.evaluation, "modulo by zero") }
        return left.truncatingRemainder(dividingBy: right)
      case .power: return Math.pow(left, right)
      }
    }
  }

  /// What `offset` and `@` say, in milliseconds.
  func resolved(
    _ modifiers: TimeModifiers
  ) throws(QueryError) -> (at: Int64?, offset: Int64) {
    let at: Int64? =
      switch modifiers.at {
      case .none: nil
      case .time(let time): time
      case .start: query.first
      case .end: queryEnd
      }
    let offset = try modifiers.offset.map { duration throws(QueryError) in
      try milliseconds(duration, mayBeNegative: true)
    }
    return (at, offset ?? 0)
  }
}

extension Expression {
  /// Whether evaluating it once instead of at each step is worth a copy.
  fileprivate var isCostly: Bool {
    switch self {
    case .number, .string: false
    case .parentheses(let node): node.inner.isCostly
    default: true
    }
  }

  /// Whether it has the same value at all steps, by `@`.
  var isStepInvariant: Bool {
    switch self {
    case .number, .string: true
    case .selector(let node): node.modifiers.at != .none
    case .range(let node): node.selector.modifiers.at != .none
    case .subquery(let node): node.modifiers.at != .none
    case .call(let node):
      !node.function.dependsOnTime && node.arguments.allSatisfy(\.isStepInvariant)
    case .aggregation, .binary, .unary, .parentheses: children.allSatisfy(\.isStepInvariant)
    }
  }
}

extension Vector {
  /// The points of a row as samples.
  func samples(ofRow row: Int, on grid: StepGrid) -> Samples {
    var samples = Samples()
    let base = row * steps
    samples.times.reserveCapacity(steps)
    samples.values.reserveCapacity(steps)
    for step in 0..<steps where present[base + step] {
      samples.times.append(grid.time(step))
      samples.values.append(values[base + step])
    }
    return samples
  }
}
