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
  }

  /// What is asked to judge and to show a run.
  var closeUpQueries: [String] {
    (loads.isEmpty ? [] : RequestQueries.announced)
      + shownWorkloads.map { ReadyQueries.ready($0) }
  }

  /// Those whose pods are shown: the ones that are judged.
  var shownWorkloads: [ObjectKey] {
    judgedWorkloads.isEmpty
      ? objects.filter { $0.kind == .deployment }.map(\.key) : judgedWorkloads
  }

  /// What the changes are about: each Deployment, StatefulSet and DaemonSet that they write, in the order
  /// of the writes.
  ///
  /// Changes of other objects alone are judged by the workload that they can touch: the guarded one,
  /// or the only one.
  var judgedWorkloads: [ObjectKey] {
    if changes.isEmpty { return [] }
    var keys: [ObjectKey] = []
    let kinds: [Kind] = [.deployment, .statefulSet, .daemonSet]
    for change in changes.sorted(by: { $0.at < $1.at }).flatMap(\.changes)
    where kinds.contains(change.key.kind) && !keys.contains(change.key) {
      keys.append(change.key)
    }
    if keys.isEmpty, let key = guards.first?.deployment ?? onlyDeployment { keys = [key] }
    return judged.isEmpty ? keys : keys.filter { judged.contains($0) }
  }

  private var onlyDeployment: ObjectKey? {
    let all = objects.filter { $0.kind == .deployment }
    return all.count == 1 ? all[0].key : nil
  }

  /// Whether something in the cluster acts by metrics.
  var isSteeredByMetrics: Bool { !guards.isEmpty || !adaptedMetrics.isEmpty }

  /// Latencies of clients that are expected or felt.
  private var expectedLatencies: [Span] {
    (expect.objectives + expect.felt.objectives).compactMap {
      if case .latency(_, let bound) = $0.limit { bound } else { nil }
    }
  }

  /// Those and what counts as slow.
  var askedLatencies: [Span] { expectedLatencies + (slowerThan.map { [$0] } ?? []) }

  /// What counts as slow when harm is counted: the tightest latency that a guard or the expectation
  /// names.
  var slowerThan: Span? {
    let all = guards.flatMap(\.objectives).map(\.limit) + expect.objectives.map(\.limit)
    return all.compactMap { if case .latency(_, let bound) = $0 { bound } else { nil } }.min()
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
