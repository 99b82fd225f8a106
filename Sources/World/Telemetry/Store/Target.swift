import Kernel
import PromQL
import Units

/// Something that Prometheus scrapes: its labels, and when within the interval.
struct Target {
  let labels: PromQL.Labels
  /// At whole seconds, so that the text of an export has times without fractions.
  let scrapes: ScrapeTimes

  /// Prometheus spreads its scrapes by a hash of the target: so does this, by a hash of its labels.
  init(_ labels: [Label], interval: Span) {
    self.labels = PromQL.Labels(labels)
    var cause = CauseHash()
    for label in labels { cause = cause.with(label.name).with(label.value) }
    let seconds = UInt64(max(1, interval.ns / 1_000_000_000))
    scrapes = ScrapeTimes(
      phase: Int64(mix64(cause.value) % seconds) * 1000, interval: interval.ns / 1_000_000)
  }

  private init(_ labels: PromQL.Labels, _ scrapes: ScrapeTimes) {
    (self.labels, self.scrapes) = (labels, scrapes)
  }

  /// Something that pushes what it shows, at each interval.
  static func pushing(_ labels: [Label], every interval: Span) -> Target {
    Target(PromQL.Labels(labels), ScrapeTimes(phase: 0, interval: interval.ns / 1_000_000))
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

  /// With labels that several of its series have.
  func with(_ own: [Label]) -> Target { Target(labels.setting(own), scrapes) }

  /// A label of the target gives way to one of the same name that the series has itself
  /// (`honor_labels: true`, as kube-state-metrics and the kubelet are scraped).
  func labels(_ name: String, _ own: [Label] = []) -> PromQL.Labels {
    own.isEmpty
      ? labels.setting(PromQL.Labels.metricName, to: name)
      : labels.setting(own + [Label(PromQL.Labels.metricName, name)])
  }
}
