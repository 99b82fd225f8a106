extension Evaluator {
  /// Functions of range vectors.
  mutating func overRange(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let place = call.function.signature.arguments.firstIndex(of: .rangeVector) ?? 0
    var numbers: [[Double]] = []
    for (at, argument) in call.arguments.enumerated() where at != place {
      numbers.append(try scalar(of: argument, on: grid))
    }
    let argument = call.arguments[place]
    let windows = try rangeVector(of: argument, on: grid)
    try checkBoundaries(windows.boundaries, call.function)
    var result = try emptyVector(on: grid, capacity: windows.rows.count)
    switch call.function {
    case .rate, .increase, .delta: extrapolate(call.function, windows, into: &result)
    case .irate: windows.apply(InstantRate(isRate: true), into: &result)
    case .idelta: windows.apply(InstantRate(isRate: false), into: &result)
    case .resets, .changes:
      let isAnchored = windows.boundaries == .anchored
      windows.apply(
        ChangeCount(onlyResets: call.function == .resets, isAnchored: isAnchored), into: &result)
    case .deriv: windows.apply(LinearRegression(ahead: nil, grid: grid), into: &result)
    case .predictLinear:
      windows.apply(LinearRegression(ahead: numbers[0], grid: grid), into: &result)
    case .doubleExponentialSmoothing:
      if !windows.rows.isEmpty { try checkSmoothing(numbers) }
      windows.apply(
        DoubleExponentialSmoothing(smoothing: numbers[0], trend: numbers[1]), into: &result)
    case .quantileOverTime:
      windows.apply(QuantileOverTime(quantiles: numbers[0]), into: &result)
      let isApplied = result.rows.indices.contains { result.hasPoint($0) }
      if isApplied { warnOfQuantiles(numbers[0], call.arguments[0].unwrapped.range) }
    case .absentOverTime:
      windows.apply(OverTime(kind: .present), into: &result)
      return try ones(whereNotIn: result, labels: absentLabels(argument), on: grid)
    default:
      guard let kind = OverTime.Kind(call.function) else {
        preconditionFailure("\(call.function.name) is no function of range vectors")
      }
      windows.apply(OverTime(kind: kind), into: &result)
    }
    if call.function == .rate || call.function == .increase {
      remarkNonCounters(in: result, argument.unwrapped.range)
    }
    if call.function != .lastOverTime, call.function != .firstOverTime { try dropNames(&result) }
    return result
  }

  private func extrapolate(
    _ function: Function, _ windows: RangeVector, into result: inout Vector
  ) {
    let isCounter = function != .delta
    let isRate = function == .rate
    if windows.boundaries == .sampled {
      windows.apply(
        ExtrapolatedRate(isCounter: isCounter, isRate: isRate, length: windows.length),
        into: &result)
    } else {
      windows.apply(
        ExtendedRate(
          isCounter: isCounter, isRate: isRate, isSmoothed: windows.boundaries == .smoothed,
          seconds: Double(windows.length) / 1000), into: &result)
    }
  }

  private func checkBoundaries(
    _ boundaries: TimeModifiers.Boundaries, _ function: Function
  ) throws(QueryError) {
    let allowed: [Function]
    switch boundaries {
    case .sampled: return
    case .anchored: allowed = [.changes, .delta, .increase, .rate, .resets]
    case .smoothed: allowed = [.delta, .increase, .rate]
    }
    if !allowed.contains(function) {
      throw QueryError(
        .evaluation,
        "\(boundaries.rawValue) modifier can only be used with: "
          + "\(allowed.map(\.name).joined(separator: ", ")) - not with \(function.name)")
    }
  }

  private func checkSmoothing(_ factors: [[Double]]) throws(QueryError) {
    for (name, numbers) in zip(["smoothing", "trend"], factors) {
      for number in numbers where !(number > 0 && number < 1) {
        throw QueryError(
          .evaluation,
          "invalid \(name) factor. Expected: 0 < \(name.prefix(1))f < 1, got: "
            + sixDecimals(number))
      }
    }
  }

  /// As Go's %f.
  private func sixDecimals(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e12 else { return plainText(number) }
    let millionths = Int64((number.magnitude * 1e6).rounded())
    let fraction = String(millionths % 1_000_000)
    let padding = String(repeating: "0", count: 6 - fraction.count)
    return "\(number.sign == .minus ? "-" : "")\(millionths / 1_000_000).\(padding)\(fraction)"
  }

  mutating func warnOfQuantiles(_ quantiles: [Double], _ range: SourceRange) {
    for quantile in quantiles where !(quantile >= 0 && quantile <= 1) {
      annotations.add(.invalidQuantile(quantile, range))
    }
  }

  /// Names that no counter has.
  private mutating func remarkNonCounters(in vector: Vector, _ range: SourceRange) {
    var last: Labels?
    for row in vector.rows {
      if let last, row.labels.hasSameName(as: last) { continue }
      last = row.labels
      let name = row.labels.name
      if name.isEmpty { continue }
      if !["_total", "_sum", "_count", "_bucket"].contains(where: name.hasSuffix) {
        annotations.add(.possiblyNoCounter(name, range))
      }
    }
  }
}

extension OverTime.Kind {
  fileprivate init?(_ function: Function) {
    switch function {
    case .avgOverTime: self = .average
    case .sumOverTime: self = .sum
    case .countOverTime: self = .count
    case .minOverTime: self = .least
    case .maxOverTime: self = .greatest
    case .firstOverTime: self = .first
    case .lastOverTime: self = .last
    case .presentOverTime: self = .present
    case .stddevOverTime: self = .standardDeviation
    case .stdvarOverTime: self = .variance
    case .madOverTime: self = .medianDeviation
    case .tsOfFirstOverTime: self = .timeOfFirst
    case .tsOfLastOverTime: self = .timeOfLast
    case .tsOfMinOverTime: self = .timeOfLeast
    case .tsOfMaxOverTime: self = .timeOfGreatest
    default: return nil
    }
  }
}
