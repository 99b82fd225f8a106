public import ClusterAPI
public import PromQL
public import Units

/// What comes back from Prometheus, as the metrics APIs give it.
public enum AdapterAnswer {
  /// For each object by its name (`metricsFor`, `MatchValuesToNames`); what has no sample is left out.
  ///
  /// - Parameters:
  ///   - label: the one that names the objects.
  ///   - now: the time that the values are said to be of.
  /// - Throws: an internal error where the answer is no vector.
  public static func podMetrics(
    _ value: QueryValue, of names: [String], label: String, at now: Instant
  ) throws(Refusal) -> PodMetrics {
    let values = try milli(value, by: label)
    var metrics: [(String, PodMetric)] = []
    for name in names {
      guard let milli = values[name] else { continue }
      metrics.append((name, PodMetric(milli: milli, timestamp: now, window: .minutes(1))))
    }
    return PodMetrics(metrics)
  }

  /// For one object (`GetMetricByName`): the value whose label names it, whatever else there is.
  ///
  /// - Throws: not found where there is none.
  public static func objectValue(
    _ value: QueryValue, of name: String, label: String
  ) throws(Refusal) -> Int64 {
    guard let milli = try milli(value, by: label)[name] else { throw .notFound }
    return milli
  }

  /// For no object (`metricConverter.Convert`).
  ///
  /// - Throws: an internal error where the answer is neither scalar nor vector.
  public static func externalValues(_ value: QueryValue) throws(Refusal) -> [Int64] {
    switch value {
    case .scalar(let number): return [truncated(number)]
    case .vector(let samples): return samples.map { truncated($0.value) }
    case .string, .matrix: throw .unavailable
    }
  }

  /// Of several samples with one name, the last one counts.
  private static func milli(
    _ value: QueryValue, by label: String
  ) throws(Refusal) -> [String: Int64] {
    guard case .vector(let samples) = value else { throw .unavailable }
    var result: [String: Int64] = [:]
    for sample in samples {
      // A NaN is 0 here, and not among external metrics.
      result[sample.labels[label]] = sample.value.isNaN ? 0 : truncated(sample.value)
    }
    return result
  }

  /// Thousandths, as Go makes an int64 of a float64 on amd64: towards zero, and the smallest number of
  /// all where it does not fit.
  static func truncated(_ value: Double) -> Int64 {
    let product = value * 1000
    guard product > -0x1p63, product < 0x1p63 else { return .min }
    return Int64(product)
  }
}
