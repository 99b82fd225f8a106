import Kernel
import PromQL
import Units

/// Something that Prometheus scrapes: its labels, and when within the interval.
struct Target {
  var labels: [Label]
  /// Milliseconds; whole seconds, so that the text of an export has times without fractions.
  var phase: Int64

  /// Prometheus spreads its scrapes by a hash of the target: so does this, by a hash of its labels.
  init(_ labels: [Label], interval: Span) {
    self.labels = labels
    var cause = CauseHash()
    for label in labels { cause = cause.with(label.name).with(label.value) }
    phase = Int64(mix64(cause.value) % UInt64(max(1, interval.ns / 1_000_000_000))) * 1000
  }

  static func kubeStateMetrics(_ interval: Span) -> Target {
    Target(
      [Label("job", "kube-state-metrics"), Label("instance", "kube-state-metrics:8080")],
      interval: interval)
  }

  static func cadvisor(node: String, _ interval: Span) -> Target {
    Target(
      [
        Label("job", "kubelet"), Label("instance", "\(node):10250"), Label("node", node),
        Label("metrics_path", "/metrics/cadvisor"),
      ], interval: interval)
  }

  /// A label of the target gives way to one of the same name that the series has itself
  /// (`honor_labels: true`, as kube-state-metrics and the kubelet are scraped).
  func labels(of series: PromQL.Labels) -> PromQL.Labels {
    PromQL.Labels(labels + series.pairs)
  }

  func labels(_ name: String, _ own: [Label] = []) -> PromQL.Labels {
    PromQL.Labels(labels + own + [Label(PromQL.Labels.metricName, name)])
  }
}
