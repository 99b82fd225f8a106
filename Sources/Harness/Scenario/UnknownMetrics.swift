import ClusterAPI
public import Manifests
import PromQL
public import World

/// Metrics that somebody asks for and no run shows: Prometheus gives no answer for them, and here they are
/// mostly mistakes.
public struct UnknownMetrics {
  /// One of them.
  struct Metric {
    var name: String
    /// The known name that is most likely meant.
    var nearest: String?

    var message: String { "nothing in a run shows the metric `\(name)`" }
    var remedy: String {
      nearest.map { "did you mean `\($0)`?" } ?? "docs/metrics.md lists all metrics"
    }
  }

  private let images: [ImageProfile]
  private let written: Set<String>
  private let known: [String]

  /// - Parameters:
  ///   - images: by which the metrics of applications are named.
  ///   - written: names of the series that rules write.
  init(images: [ImageProfile], written: [String]) {
    self.images = images
    self.written = Set(written)
    known = MetricCatalog.seriesNames(of: images) + written
  }

  /// Those of a query, each once.
  func among(_ query: PromQL.Query) -> [Metric] {
    MetricCatalog.unknownNames(in: query, profiles: images).filter { !written.contains($0) }
      .map { Metric(name: $0, nearest: nearest(to: $0, among: known)) }
  }

  /// Warnings of metrics in rules that neither a run nor another rule shows, each once in a rule.
  public static func warnings(
    _ entries: [RuleSet.Entry], images: [ImageProfile]
  ) -> [Diagnostic] {
    let unknown = UnknownMetrics(images: images, written: entries.flatMap(\.group.written))
    return entries.flatMap { entry in
      zip(entry.group.rules, entry.rules).flatMap { rule, location in
        unknown.among(rule.query).map {
          Diagnostic(
            .warning, at: location, message: "\(rule.name): \($0.message)", remedy: $0.remedy)
        }
      }
    }
  }
}
