/// What Prometheus remarks about a query whose answer may not be what was meant.
public struct Annotation: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    case info = "PromQL info"
    case warning = "PromQL warning"
  }

  public var severity: Severity
  /// Without severity and place.
  public var message: String
  /// Of the expression that it is about.
  public var range: SourceRange

  /// As Prometheus' API shows it, with line and column.
  public func description(in text: String) -> String {
    let (line, column) = range.position(in: text)
    return "\(severity.rawValue): \(message) (\(line):\(column))"
  }
}

extension Annotation {
  private static func info(_ message: String, _ range: SourceRange) -> Annotation {
    Annotation(severity: .info, message: message, range: range)
  }

  private static func warning(_ message: String, _ range: SourceRange) -> Annotation {
    Annotation(severity: .warning, message: message, range: range)
  }

  private static func suffix(_ metricName: String) -> String {
    metricName.isEmpty ? "" : " for metric name \(quoted(metricName))"
  }

  static func invalidQuantile(_ quantile: Double, _ range: SourceRange) -> Annotation {
    warning("quantile value should be between 0 and 1, got \(shortText(quantile))", range)
  }

  static func invalidRatio(_ ratio: Double, cappedTo cap: Double, _ range: SourceRange)
    -> Annotation
  {
    warning(
      "ratio value should be between -1 and 1, got \(shortText(ratio)), capping to "
        + shortText(cap), range)
  }

  static func badBucket(_ value: String, metric: String, _ range: SourceRange) -> Annotation {
    warning(
      "bucket label \"le\" is missing or has a malformed value of \(quoted(value))"
        + suffix(metric), range)
  }

  static func sortInRangeQuery(_ range: SourceRange) -> Annotation {
    warning(
      "sort is ineffective for range queries since results are always ordered by labels", range)
  }

  static func possiblyNoCounter(_ metric: String, _ range: SourceRange) -> Annotation {
    info(
      "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
        + quoted(metric), range)
  }

  static func forcedMonotonicity(
    metric: String, _ repair: BucketRepair, _ range: SourceRange
  ) -> Annotation {
    info(
      "input to histogram_quantile needed to be fixed for monotonicity (see "
        + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
        + suffix(metric) + ", from buckets \(shortText(repair.bucketMin)) to "
        + "\(shortText(repair.bucketMax)), with a max diff of \(roughText(repair.differenceMax)), "
        + "over \(repair.count) samples from \(Moment.text(repair.first)) to "
        + Moment.text(repair.last), range)
  }

  static func incompatibleTypes(_ operation: String, _ range: SourceRange) -> Annotation {
    info(
      "incompatible sample types encountered for binary operator \(quoted(operation)): "
        + "float \(operation) float", range)
  }
}

/// Annotations in the order in which they came up, each message once.
struct Annotations {
  private(set) var all: [Annotation] = []
  private var places: [String: Int] = [:]

  /// Of two with the same message the later place is told.
  mutating func add(_ annotation: Annotation) {
    let key = annotation.severity.rawValue + annotation.message
    if let at = places[key] {
      all[at].range = annotation.range
    } else {
      places[key] = all.count
      all.append(annotation)
    }
  }
}
