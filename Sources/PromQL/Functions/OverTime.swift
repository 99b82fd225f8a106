/// The functions that end in `_over_time` and have the window's samples as their only argument.
struct OverTime: WindowFunction {
  enum Kind {
    case average, sum, count, least, greatest, first, last, present, standardDeviation, variance
    case medianDeviation, timeOfFirst, timeOfLast, timeOfLeast, timeOfGreatest
  }

  var kind: Kind

  func value(_ samples: Samples, _ window: Window) -> Double? {
    let first = window.low
    let last = window.high - 1
    switch kind {
    case .average:
      var mean = CompensatedMean(samples.values[first])
      for at in first + 1..<window.high { mean.add(samples.values[at]) }
      return mean.mean
    case .sum:
      var sum = CompensatedSum()
      for at in first..<window.high { sum.add(samples.values[at]) }
      return sum.sum.isInfinite ? sum.sum : sum.total
    case .count: return Double(window.count)
    case .least: return samples.values[extreme(samples, window, isLeast: true, isLatest: false)]
    case .greatest:
      return samples.values[extreme(samples, window, isLeast: false, isLatest: false)]
    case .first: return samples.values[first]
    case .last: return samples.values[last]
    case .present: return 1
    case .standardDeviation: return variance(samples, window).squareRoot()
    case .variance: return variance(samples, window)
    case .medianDeviation:
      var values = Array(samples.values[first..<window.high])
      if values.contains(where: \.isNaN) { return .nan }
      let median = quantile(0.5, of: &values)
      for at in values.indices { values[at] = (values[at] - median).magnitude }
      return quantile(0.5, of: &values)
    case .timeOfFirst: return Double(samples.times[first]) / 1000
    case .timeOfLast: return Double(samples.times[last]) / 1000
    case .timeOfLeast:
      return Double(samples.times[extreme(samples, window, isLeast: true, isLatest: true)]) / 1000
    case .timeOfGreatest:
      return Double(samples.times[extreme(samples, window, isLeast: false, isLatest: true)]) / 1000
    }
  }

  /// The place of the least or greatest value; NaN only when there is nothing else.
  private func extreme(
    _ samples: Samples, _ window: Window, isLeast: Bool, isLatest: Bool
  ) -> Int {
    var best = window.low
    for at in window.low + 1..<max(window.low + 1, window.high) {
      let value = samples.values[at]
      let current = samples.values[best]
      let isBetter =
        isLeast ? value < current : value > current
      if isBetter || current.isNaN || isLatest && value == current { best = at }
    }
    return best
  }

  private func variance(_ samples: Samples, _ window: Window) -> Double {
    var count = 0.0
    var mean = CompensatedSum()
    var squares = CompensatedSum()
    for at in window.low..<window.high {
      let value = samples.values[at]
      count += 1
      let delta = value - mean.total
      mean.add(delta / count)
      squares.add(delta * (value - mean.total))
    }
    return squares.total / count
  }
}

/// `quantile_over_time`.
struct QuantileOverTime: WindowFunction {
  /// The quantile at each step.
  var quantiles: [Double]

  func value(_ samples: Samples, _ window: Window) -> Double? {
    var values = Array(samples.values[window.low..<window.high])
    return quantile(quantiles[window.step], of: &values)
  }
}

/// `deriv`, and `predict_linear` with the seconds to predict at each step.
struct LinearRegression: WindowFunction {
  /// Nil for the slope itself.
  var ahead: [Double]?
  /// The times of evaluation, from which a prediction counts.
  var grid: StepGrid

  func value(_ samples: Samples, _ window: Window) -> Double? {
    if window.count < 2 { return nil }
    let origin = ahead == nil ? samples.times[window.low] : grid.time(window.step)
    let (slope, intercept) = line(samples, window, origin)
    guard let ahead else { return slope }
    return slope * ahead[window.step] + intercept
  }

  private func line(
    _ samples: Samples, _ window: Window, _ origin: Int64
  ) -> (slope: Double, intercept: Double) {
    var sumX = CompensatedSum()
    var sumY = CompensatedSum()
    var sumXY = CompensatedSum()
    var sumXX = CompensatedSum()
    let first = samples.values[window.low]
    var isConstant = true
    for at in window.low..<window.high {
      let y = samples.values[at]
      if y != first, at > window.low { isConstant = false }
      let x = Double(samples.times[at] - origin) / 1000
      sumX.add(x)
      sumY.add(y)
      sumXY.add(x * y)
      sumXX.add(x * x)
    }
    if isConstant { return first.isInfinite ? (.nan, .nan) : (0, first) }
    let count = Double(window.count)
    let covariance = sumXY.total - sumX.total * sumY.total / count
    let variance = sumXX.total - sumX.total * sumX.total / count
    let slope = covariance / variance
    return (slope, sumY.total / count - slope * sumX.total / count)
  }
}

/// `double_exponential_smoothing`.
struct DoubleExponentialSmoothing: WindowFunction {
  /// Both factors at each step, between 0 and 1.
  var smoothing: [Double]
  var trend: [Double]

  func value(_ samples: Samples, _ window: Window) -> Double? {
    if window.count < 2 { return nil }
    let smoothing = self.smoothing[window.step]
    let trend = self.trend[window.step]
    var before = 0.0
    var level = samples.values[window.low]
    var slope = samples.values[window.low + 1] - level
    for at in window.low + 1..<window.high {
      if at > window.low + 1 { slope = trend * (level - before) + (1 - trend) * slope }
      let next = smoothing * samples.values[at] + (1 - smoothing) * (level + slope)
      before = level
      level = next
    }
    return level
  }
}
