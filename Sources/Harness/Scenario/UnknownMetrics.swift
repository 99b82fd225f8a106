public import Manifests
import PromQL
public import World

/// Metrics that somebody asks for and no run shows: Prometheus gives no answer for them, and here they are
/// mostly mistakes.
public enum UnknownMetrics {
  /// Warnings of metrics in rules that neither a run nor another rule shows, each once in a rule.
  ///
  /// - Parameter images: by which the metrics of applications are named.
  public static func warnings(
    _ entries: [RuleSet.Entry], images: [ImageProfile]
  ) -> [Diagnostic] {
    let written = entries.flatMap(\.group.written)
    let known = MetricCatalog.seriesNames(of: images) + written
    return entries.flatMap { entry in
      zip(entry.group.rules, entry.rules).flatMap { rule, location in
        MetricCatalog.unknownNames(in: rule.query, profiles: images)
          .filter { !written.contains($0) }
          .map { name in
            let near = nearest(to: name, among: known)
            return Diagnostic(
              .warning, at: location,
              message: "\(rule.name): nothing in a run shows the metric `\(name)`",
              remedy: near.map { "did you mean `\($0)`?" } ?? "docs/metrics.md lists all metrics")
          }
      }
    }
  }
}
