/// Why a metric gives no size.
public enum MetricFailure: Error, Hashable, Sendable {
  /// The API gave no answer, or no values.
  case notServed(metric: String)
  /// The target's selector matches no pod.
  case noPods
  /// All values are of pods that are unready, finished or on their way out.
  case noMetricsOfReadyPods
  case missingRequest(resource: String, container: String, pod: String)
  case noContainer(String, pod: String)
  /// No value belongs to a pod that is known.
  case noKnownPods
  /// The kind of target does not go with the kind of metric.
  case invalidTarget

  /// In the message of the condition ScalingActive.
  var words: String {
    switch self {
    case .notServed(let metric): "\(metric) is not served"
    case .noPods: "no pod matches the target's selector"
    case .noMetricsOfReadyPods: "no metrics of pods that are ready"
    case .missingRequest(let resource, let container, let pod):
      "container \(container) of pod \(pod) requests no \(resource)"
    case .noContainer(let container, let pod): "pod \(pod) has no container \(container)"
    case .noKnownPods: "no metrics of known pods"
    case .invalidTarget: "the target does not go with the metric"
    }
  }
}
