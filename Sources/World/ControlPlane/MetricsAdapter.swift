import ClusterAPI
import Control
import Kernel
import PromQL
import Units

/// prometheus-adapter: which series it found for each metric when it last listed them.
struct MetricsAdapter: Sendable {
  struct Key: Hashable, Sendable {
    var metric: String
    /// nil: a metric of no object.
    var resource: AdapterResource?
  }

  struct Listing: Sendable {
    /// `--metrics-relist-interval` after `--metrics-relist-interval`.
    var round: Int64
    /// nil: nothing serves it.
    var metric: AdapterMetric?
  }

  var listings: [Key: Listing] = [:]
}

extension MetricsAdapter.Key {
  init?(_ query: ClusterAPI.Query) {
    switch query {
    case .scale, .resourceMetrics: return nil
    case .podsMetric(let name, _, _, _): self.init(metric: name, resource: .pods)
    case .objectMetric(let name, _, _, let kind, _):
      self.init(metric: name, resource: AdapterResource(kind: kind))
    case .externalMetric(let name, _, _): self.init(metric: name, resource: nil)
    }
  }
}

// `custom.metrics.k8s.io` and `external.metrics.k8s.io`.
extension World {
  /// - Parameter owners: whose pods the query selects.
  mutating func adapted(_ query: ClusterAPI.Query, owners: [Int]) -> ClusterAPI.QueryResult {
    guard let key = MetricsAdapter.Key(query) else { return .refused(.notFound) }
    scrape(through: queue.now)
    guard let store = telemetry else { return .refused(.notFound) }
    let round = (store.end - store.begin) / AdapterRules.maximumAge
    if adapter.listings[key]?.round != round {
      let listed = AdapterPrometheus(
        source: store, names: store.metricNames,
        time: store.begin + round * AdapterRules.maximumAge)
      adapter.listings[key] = .init(
        round: round, metric: options.adapter.metric(for: query, from: listed))
    }
    guard let metric = adapter.listings[key]?.metric else { return .refused(.notFound) }
    let selected = owners.flatMap { manager.cache.podsOf[$0] }
      .filter { !pods.views[$0.index].gone }.map { podName($0) }.sorted()
    return metric.answer(
      query, pods: selected,
      from: AdapterPrometheus(source: store, names: store.metricNames, time: store.end),
      now: queue.now)
  }
}
