import ClusterAPI

extension KubeState {
  static let podContainerFamilies: [MetricFamily] =
    families(of: "container", "the container", more: [])
    + families(of: "init_container", "the init container", more: ["restart_policy"])
    + [
      shape.gauge(
        "container_state_started", "when the instance of the container started, in Unix seconds",
        ["container"]),
      shape.gauge(
        "container_status_last_terminated_exitcode",
        "the exit code of the instance before the current one", ["container"]),
      shape.gauge(
        "container_status_last_terminated_timestamp",
        "when the instance before the current one ended, in Unix seconds", ["container"]),
    ]

  private static let shape = ObjectFamilies("kube_pod", ["namespace", "pod", "uid"])

  private static func families(
    of kind: String, _ what: String, more: [String]
  ) -> [MetricFamily] {
    let named = ["container"]
    let amounts = named + ["node", "resource", "unit"]
    return [
      shape.gauge(
        "\(kind)_info", "1; the image of \(what)", named + ["image_spec", "image"] + more),
      shape.gauge("\(kind)_resource_limits", "how much of a resource \(what) may use", amounts),
      shape.gauge("\(kind)_resource_requests", "how much of a resource \(what) asks for", amounts),
      shape.gauge(
        "\(kind)_status_last_terminated_reason",
        "1; why the instance of \(what) before the current one ended", named + ["reason"]),
      shape.gauge("\(kind)_status_ready", "1: \(what) is ready", named),
      shape.counter("\(kind)_status_restarts_total", "how often \(what) was started again", named),
      shape.gauge("\(kind)_status_running", "1: \(what) runs", named),
      shape.gauge("\(kind)_status_terminated", "1: \(what) has ended", named),
      shape.gauge(
        "\(kind)_status_terminated_reason", "1; why \(what) has ended, while it has",
        named + ["reason"]),
      shape.gauge("\(kind)_status_waiting", "1: \(what) waits to be started", named),
      shape.gauge(
        "\(kind)_status_waiting_reason", "1; why \(what) waits, while it does",
        named + ["reason"]),
    ]
  }

  /// What the names of the families of a kind of container end in.
  private struct Suffixes {
    let requests: String
    let limits: String
    let info: String
    let ready: String
    let restarts: String
    let waitingReason: String
    let terminatedReason: String
    let waiting: String
    let running: String
    let terminated: String
    let lastReason: String

    init(_ kind: String) {
      requests = kind + "_resource_requests"
      limits = kind + "_resource_limits"
      info = kind + "_info"
      ready = kind + "_status_ready"
      restarts = kind + "_status_restarts_total"
      waitingReason = kind + "_status_waiting_reason"
      terminatedReason = kind + "_status_terminated_reason"
      waiting = kind + "_status_waiting"
      running = kind + "_status_running"
      terminated = kind + "_status_terminated"
      lastReason = kind + "_status_last_terminated_reason"
    }
  }

  private static let initContainer = Suffixes("init_container")
  private static let ordinaryContainer = Suffixes("container")

  /// A container's requests and limits, and its status once the kubelet has reported it.
  static func add(
    _ container: PodState.Container, of pod: PodState, to series: inout ObjectSeries
  ) {
    let kind = container.isInit ? initContainer : ordinaryContainer
    let named = (name: "container", value: container.name)
    let node = (name: "node", value: pod.node)
    series.add(kind.requests, container.requests, of: .container, named, node)
    series.add(kind.limits, container.limits, of: .container, named, node)
    guard let state = container.state else { return }
    series.add(
      kind.info, 1, named, ("image_spec", container.image), ("image", container.image),
      ("restart_policy", container.isInit ? container.restartPolicy ?? "" : ""))
    series.add(kind.ready, container.isReady, named)
    series.add(kind.restarts, container.restarts, named)
    var (waits, runs, ended) = (false, false, false)
    var started: Int64?
    switch state {
    case .waiting(let reason):
      waits = true
      series.add(kind.waitingReason, 1, named, ("reason", reason))
    case .running(let startedAt):
      runs = true
      started = startedAt
    case .terminated(let end):
      ended = true
      started = end.startedAt
      series.add(kind.terminatedReason, 1, named, ("reason", end.reason))
    }
    series.add(kind.waiting, waits, named)
    series.add(kind.running, runs, named)
    series.add(kind.terminated, ended, named)
    if let last = container.lastTermination {
      series.add(kind.lastReason, 1, named, ("reason", last.reason))
    }
    guard !container.isInit else { return }
    if let started { series.add("container_state_started", started, named) }
    if let last = container.lastTermination {
      series.add("container_status_last_terminated_exitcode", last.exitCode, named)
      if let end = last.finishedAt {
        series.add("container_status_last_terminated_timestamp", end, named)
      }
    }
  }
}
