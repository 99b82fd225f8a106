extension Evaluator {
  mutating func histogramQuantile(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let quantiles = try scalar(of: call.arguments[0], on: grid)
    let input = try vector(of: call.arguments[1], on: grid)
    warnOfQuantiles(quantiles, call.arguments[0].unwrapped.range)
    let histograms = try classicHistograms(in: input, call.arguments[1])
    return try withQuantiles(
      [(quantiles, nil)], histograms, input, call.arguments[1], on: grid)
  }

  mutating func histogramQuantiles(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let input = try vector(of: call.arguments[0], on: grid)
    let label = string(call.arguments[1]).value
    let histograms = try classicHistograms(in: input, call.arguments[0])
    var wanted: [(numbers: [Double], label: (name: String, value: String)?)] = []
    for argument in call.arguments.dropFirst(2) {
      let numbers = try scalar(of: argument, on: grid)
      warnOfQuantiles(numbers, argument.unwrapped.range)
      // A quantile that changes from step to step has a row for each of its values.
      var seen: [UInt64] = []
      for number in numbers where !seen.contains(number.bitPattern) {
        seen.append(number.bitPattern)
        wanted.append((numbers, (label, openMetricsText(number))))
      }
    }
    var result = try withQuantiles(wanted, histograms, input, call.arguments[0], on: grid)
    // The label may be one that told series apart.
    try result.mergeEqualRows()
    return result
  }

  mutating func histogramFraction(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let lower = try scalar(of: call.arguments[0], on: grid)
    let upper = try scalar(of: call.arguments[1], on: grid)
    let input = try vector(of: call.arguments[2], on: grid)
    let histograms = try classicHistograms(in: input, call.arguments[2])
    var result = try emptyVector(on: grid, capacity: histograms.count)
    var buckets = Buckets()
    for histogram in histograms {
      let base = result.addRow(Vector.Row(labels: histogram.labels))
      for step in 0..<grid.count {
        histogram.gather(&buckets, of: input, at: step)
        if buckets.isEmpty { continue }
        result.values[base + step] = buckets.fraction(from: lower[step], through: upper[step])
        result.present[base + step] = true
      }
      result.dropLastRowIfEmpty()
    }
    try dropNames(&result)
    return result
  }

  private mutating func withQuantiles(
    _ wanted: [(numbers: [Double], label: (name: String, value: String)?)],
    _ histograms: [ClassicHistogram], _ input: Vector, _ argument: Expression, on grid: StepGrid
  ) throws(QueryError) -> Vector {
    var result = try emptyVector(on: grid, capacity: histograms.count * wanted.count)
    var buckets = Buckets()
    var repairs: [(metric: String, repair: BucketRepair)] = []
    for (numbers, label) in wanted {
      for histogram in histograms {
        let labels = label.map { histogram.labels.setting($0.name, to: $0.value) }
        let base = result.addRow(Vector.Row(labels: labels ?? histogram.labels))
        for step in 0..<grid.count {
          if let label, openMetricsText(numbers[step]) != label.value { continue }
          histogram.gather(&buckets, of: input, at: step)
          if buckets.isEmpty { continue }
          var repair: BucketRepair?
          result.values[base + step] = buckets.quantile(numbers[step], &repair)
          result.present[base + step] = true
          if var repair {
            repair.first = grid.time(step)
            repair.last = repair.first
            let name = options.delaysNameRemoval ? histogram.labels.name : ""
            if let at = repairs.firstIndex(where: { $0.metric == name }) {
              repairs[at].repair.include(repair)
            } else {
              repairs.append((name, repair))
            }
          }
        }
        result.dropLastRowIfEmpty()
      }
    }
    for (metric, repair) in repairs {
      annotations.add(
        .forcedMonotonicity(metric: metric, repair, argument.unwrapped.range))
    }
    try dropNames(&result)
    return result
  }

  /// The rows of a vector by histogram: what differs in `le` alone belongs together.
  private mutating func classicHistograms(
    in vector: Vector, _ argument: Expression
  ) throws(QueryError) -> [ClassicHistogram] {
    var result: [ClassicHistogram] = []
    let bounds = LabelNames(["le"])
    var places: [Labels: Int] = [:]
    for (at, row) in vector.rows.enumerated() {
      let text = row.labels["le"]
      guard let bound = float(from: text) else {
        annotations.add(
          .badBucket(
            text, metric: options.delaysNameRemoval ? row.labels.name : "",
            argument.unwrapped.range))
        continue
      }
      let labels = row.labels.removing(bounds)
      let place = places[labels] ?? result.count
      if place == result.count {
        places[labels] = place
        result.append(ClassicHistogram(labels: labels))
      }
      result[place].rows.append((bound, at))
    }
    for at in result.indices {
      result[at].rows.sort { $0.bound != $1.bound ? $0.bound < $1.bound : $0.row < $1.row }
    }
    return result
  }
}

/// The series of a classic histogram.
private struct ClassicHistogram {
  /// Without `le`.
  var labels: Labels
  /// In ascending order of their bounds.
  var rows: [(bound: Double, row: Int)] = []

  /// Takes the buckets that have a value at a step.
  @inline(__always)
  func gather(_ buckets: inout Buckets, of vector: Vector, at step: Int) {
    buckets.removeAll()
    for (bound, row) in rows where vector.present[row * vector.steps &+ step] {
      buckets.add(bound: bound, count: vector.values[row * vector.steps &+ step])
    }
  }
}
