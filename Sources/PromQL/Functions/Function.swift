/// A function of PromQL: its name and the types of its arguments.
public enum Function: String, Sendable, CaseIterable {
  case abs
  case absent
  case absentOverTime = "absent_over_time"
  case acos, acosh, asin, asinh, atan, atanh
  case avgOverTime = "avg_over_time"
  case ceil
  case changes
  case clamp
  case clampMax = "clamp_max"
  case clampMin = "clamp_min"
  case cos, cosh
  case countOverTime = "count_over_time"
  case dayOfMonth = "day_of_month"
  case dayOfWeek = "day_of_week"
  case dayOfYear = "day_of_year"
  case daysInMonth = "days_in_month"
  case deg
  case delta
  case deriv
  case doubleExponentialSmoothing = "double_exponential_smoothing"
  case end
  case exp
  case firstOverTime = "first_over_time"
  case floor
  case histogramAvg = "histogram_avg"
  case histogramCount = "histogram_count"
  case histogramFraction = "histogram_fraction"
  case histogramQuantile = "histogram_quantile"
  case histogramQuantiles = "histogram_quantiles"
  case histogramStddev = "histogram_stddev"
  case histogramStdvar = "histogram_stdvar"
  case histogramSum = "histogram_sum"
  case hour
  case idelta
  case increase
  case info
  case irate
  case labelJoin = "label_join"
  case labelReplace = "label_replace"
  case lastOverTime = "last_over_time"
  case ln
  case log10
  case log2
  case madOverTime = "mad_over_time"
  case maxOf = "max_of"
  case maxOverTime = "max_over_time"
  case minOf = "min_of"
  case minOverTime = "min_over_time"
  case minute
  case month
  case pi
  case predictLinear = "predict_linear"
  case presentOverTime = "present_over_time"
  case quantileOverTime = "quantile_over_time"
  case rad
  case range
  case rate
  case resets
  case round
  case scalar
  case sgn
  case sin, sinh
  case sort
  case sortByLabel = "sort_by_label"
  case sortByLabelDesc = "sort_by_label_desc"
  case sortDesc = "sort_desc"
  case sqrt
  case start
  case stddevOverTime = "stddev_over_time"
  case stdvarOverTime = "stdvar_over_time"
  case step
  case sumOverTime = "sum_over_time"
  case tan, tanh
  case time
  case timestamp
  case tsOfFirstOverTime = "ts_of_first_over_time"
  case tsOfLastOverTime = "ts_of_last_over_time"
  case tsOfMaxOverTime = "ts_of_max_over_time"
  case tsOfMinOverTime = "ts_of_min_over_time"
  case vector
  case year

  /// The types of a function's arguments.
  public struct Signature: Sendable {
    public var arguments: [ValueType]
    /// How many of the last arguments may be left out.
    public var optionalCount = 0
    /// How many further arguments of the last type may follow; nil any number.
    public var furtherCount: Int? = 0
  }

  public var name: String { rawValue }

  public var signature: Signature {
    switch self {
    case .time, .pi, .start, .end, .step, .range: Signature(arguments: [])
    case .minOf, .maxOf: Signature(arguments: [.scalar, .scalar])
    case .vector: Signature(arguments: [.scalar])
    case .clamp: Signature(arguments: [.vector, .scalar, .scalar])
    case .clampMax, .clampMin: Signature(arguments: [.vector, .scalar])
    case .round: Signature(arguments: [.vector, .scalar], optionalCount: 1)
    case .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .hour, .minute, .month, .year:
      Signature(arguments: [.vector], optionalCount: 1)
    case .histogramFraction: Signature(arguments: [.scalar, .scalar, .vector])
    case .histogramQuantile: Signature(arguments: [.scalar, .vector])
    case .histogramQuantiles:
      Signature(arguments: [.vector, .string, .scalar], furtherCount: 9)
    case .info: Signature(arguments: [.vector, .vector], optionalCount: 1)
    case .labelJoin:
      Signature(
        arguments: [.vector, .string, .string, .string], optionalCount: 1, furtherCount: nil)
    case .labelReplace: Signature(arguments: [.vector, .string, .string, .string, .string])
    case .sortByLabel, .sortByLabelDesc:
      Signature(arguments: [.vector, .string], optionalCount: 1, furtherCount: nil)
    case .quantileOverTime: Signature(arguments: [.scalar, .rangeVector])
    case .predictLinear: Signature(arguments: [.rangeVector, .scalar])
    case .doubleExponentialSmoothing: Signature(arguments: [.rangeVector, .scalar, .scalar])
    case .absentOverTime, .avgOverTime, .changes, .countOverTime, .delta, .deriv, .firstOverTime,
      .idelta, .increase, .irate, .lastOverTime, .madOverTime, .maxOverTime, .minOverTime,
      .presentOverTime, .rate, .resets, .stddevOverTime, .stdvarOverTime, .sumOverTime,
      .tsOfFirstOverTime, .tsOfLastOverTime, .tsOfMaxOverTime, .tsOfMinOverTime:
      Signature(arguments: [.rangeVector])
    case .abs, .absent, .acos, .acosh, .asin, .asinh, .atan, .atanh, .ceil, .cos, .cosh, .deg,
      .exp, .floor, .histogramAvg, .histogramCount, .histogramStddev, .histogramStdvar,
      .histogramSum, .ln, .log10, .log2, .rad, .scalar, .sgn, .sin, .sinh, .sort, .sortDesc,
      .sqrt, .tan, .tanh, .timestamp:
      Signature(arguments: [.vector])
    }
  }

  /// What a call gives.
  public var result: ValueType {
    switch self {
    case .time, .pi, .start, .end, .step, .range, .minOf, .maxOf, .scalar: .scalar
    default: .vector
    }
  }

  /// Whether the result depends on the time of evaluation even when the arguments do not.
  var dependsOnTime: Bool {
    switch self {
    case .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .hour, .minute, .month, .year,
      .predictLinear, .time, .timestamp:
      true
    default: false
    }
  }
}
