import PromQL
import Units

/// What the kubelets count of the pods of their nodes, while a run is told again.
struct KubeletCounts {
  private struct Share: Equatable {
    var node = ""
    var counts = KubeletMetrics.State(node: "")
  }

  /// By pod id.
  private var shares: [Share] = []
  private var nodes: [String: KubeletMetrics.State] = [:]

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
    for node in Set([before.node, share.node]).sorted() where !node.isEmpty {
      guard let counts = nodes[node] else { continue }
      let target = Target.kubelet(node: node, store.scrapeInterval)
      store.set(target.labels("up"), phase: target.phase, at: at, 1)
      for series in KubeletMetrics.expose(counts).series {
        store.set(target.labels(of: series.labels), phase: target.phase, at: at, series.value)
      }
    }
  }

  private mutating func add(_ share: Share, _ sign: Int) {
    guard !share.node.isEmpty else { return }
    var counts = nodes[share.node] ?? KubeletMetrics.State(node: share.node)
    counts.runningPods += sign * share.counts.runningPods
    counts.created += sign * share.counts.created
    counts.running += sign * share.counts.running
    counts.exited += sign * share.counts.exited
    nodes[share.node] = counts
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
