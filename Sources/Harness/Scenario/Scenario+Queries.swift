import ClusterAPI
import Control
import PromQL
import Units
import Verdict
import World

// What is asked of the metrics of a run.
extension Scenario {
  /// All PromQL that is asked of a run; nil: it is not known beforehand.
  var queries: [String]? {
    let rules = rules.flatMap(\.rules)
    if exportsMetrics || rules.contains(where: \.mayQuery) { return nil }
    return expect.queries.map(\.query) + rules.map(\.query.text) + asked + adapterQueries
      + measuredGuards.flatMap { GuardQueries.all(of: $0) }
      + (loads.isEmpty ? [] : RequestQueries.announced)
  }

  /// Whether something in the cluster acts by metrics.
  var isSteeredByMetrics: Bool { !guards.isEmpty || !adaptedMetrics.isEmpty }

  /// Latencies of clients that are expected or felt.
  var expectedLatencies: [Span] {
    (expect.objectives + expect.felt.objectives).compactMap {
      if case .latency(_, let bound) = $0.limit { bound } else { nil }
    }
  }

  /// What the adapter asks for autoscalers.
  private var adapterQueries: [String] {
    let names = MetricCatalog.seriesNames(of: images)
    return adaptedMetrics.flatMap {
      adapter.queries(forMetric: $0.name, isExternal: $0.isExternal, among: names)
    }
  }

  /// Metrics of autoscalers that no script answers.
  var adaptedMetrics: [(name: String, isExternal: Bool, autoscaler: ObjectKey)] {
    let applied = changes.flatMap(\.changes).compactMap { change -> ClusterObject? in
      if case .apply(let object) = change { object } else { nil }
    }
    var found: [(name: String, isExternal: Bool, autoscaler: ObjectKey)] = []
    for case .horizontalPodAutoscaler(let autoscaler) in objects + applied {
      let key = ClusterObject.horizontalPodAutoscaler(autoscaler).key
      for target in autoscaler.metrics {
        let (name, subject, isExternal): (String, MetricScript.Subject, Bool)
        switch target.source {
        case .pods(let metric, _):
          (name, subject, isExternal) = (metric, .pods(metric, of: autoscaler.target), false)
        case .object(let metric, _, _, let kind, let object):
          (name, subject, isExternal) = (metric, .object(metric, kind: kind, name: object), false)
        case .external(let metric, _):
          (name, subject, isExternal) = (metric, .external(metric), true)
        case .resource, .containerResource: continue
        }
        if !metrics.contains(where: { $0.subject == subject }) {
          found.append((name, isExternal, key))
        }
      }
    }
    return found
  }

  /// The guards, with the names under which the pods of their Deployments show requests.
  var measuredGuards: [RollbackGuard] {
    guards.map { rule in
      guard case .application = rule.metrics,
        let template = objects.first(where: { $0.key == rule.deployment })?.podTemplate,
        let image = template.spec.containers.first?.image,
        let profile = images.first(where: { Wildcard.matches($0.match, image) })
      else { return rule }
      var rule = rule
      rule.metrics = .application(
        requests: profile.metrics.requests, duration: profile.metrics.duration)
      return rule
    }
  }
}
