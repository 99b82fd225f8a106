import PromQL
import Units

/// What the kubelets count of the pods of their nodes.
struct KubeletCounts: Sendable {
  private struct Share: Equatable {
    var node = ""
    var counts = KubeletMetrics.State(node: "")
  }

  private struct Kubelet {
    var counts: KubeletMetrics.State
    /// Of `up` and of the series of its counts, in their order; empty: not shown yet.
    var places: [TelemetryStore.Place] = []
  }

  /// By pod id.
  private var shares: [Share] = []
  private var nodes: [String: Kubelet] = [:]

  /// Notes what a pod adds to its kubelet's counts from now on; nil: nothing any more.
  mutating func note(
    _ pod: Int, _ state: PodState?, _ at: Int64, _ store: inout TelemetryStore
  ) {
    while shares.count <= pod { shares.append(Share()) }
    let share = state.map(KubeletCounts.share) ?? Share()
    if share == shares[pod] { return }
    let before = shares[pod]
    shares[pod] = share
    add(before, -1)
    add(share, 1)
    show(before.node, at, &store)
    if share.node != before.node { show(share.node, at, &store) }
  }

  private mutating func show(_ node: String, _ at: Int64, _ store: inout TelemetryStore) {
    guard let kubelet = nodes[node] else { return }
    var places = kubelet.places
    if places.isEmpty {
      let target = Target.kubelet(node: node, store.scrapeInterval)
      places = ([("up", [])] + KubeletMetrics.names(of: node))
        .map { store.place(of: $0.metric, $0.labels, at: target) }
      nodes[node]?.places = places
    }
    store.set(places[0], at: at, 1)
    for (value, place) in zip(KubeletMetrics.values(kubelet.counts), places.dropFirst()) {
      store.set(place, at: at, value)
    }
  }

  private mutating func add(_ share: Share, _ sign: Int) {
    guard !share.node.isEmpty else { return }
    var kubelet = nodes[share.node] ?? Kubelet(counts: .init(node: share.node))
    kubelet.counts.runningPods += sign * share.counts.runningPods
    kubelet.counts.created += sign * share.counts.created
    kubelet.counts.running += sign * share.counts.running
    kubelet.counts.exited += sign * share.counts.exited
    nodes[share.node] = kubelet
  }

  private static func share(_ state: PodState) -> Share {
    var counts = KubeletMetrics.State(node: state.node)
    for container in state.containers {
      switch container.state {
      case .running: counts.running += 1
      case .terminated: counts.exited += 1
      // Created is a container between its creation and its start, which takes no time here.
      case .waiting, nil: break
      }
    }
    counts.runningPods = counts.running > 0 ? 1 : 0
    return Share(node: state.node, counts: counts)
  }
}

extension Target {
  static func kubelet(node: String, _ interval: Span) -> Target {
    Target(
      [
        Label("job", "kubelet"), Label("instance", "\(node):10250"), Label("node", node),
        Label("metrics_path", "/metrics"),
      ], interval: interval)
  }
}
