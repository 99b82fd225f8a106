import ClusterAPI
import Units

/// Requests per second that a workload's manifests let one suppose.
struct InferredLoad {
  var rate: Int
  /// How it follows from them.
  var source: String

  private static let most = 500

  /// An autoscaler says how much of its CPU a pod is to use: three quarters of that leave the number of
  /// pods as it is. Else half of what the pods can serve.
  init(
    _ objects: [ClusterObject], _ workload: RehearsedWorkload, nodes: Int, serviceTime: Span,
    cpuPerRequest: Span
  ) {
    let pods = workload.pods(onNodes: nodes)
    let resources = workload.template.spec.containers.first?.resources
    func perSecond(_ cpu: Quantity) -> Int64 {
      min(1_000_000_000, cpu.milliValue) * 1_000_000 / max(1, cpuPerRequest.ns)
    }
    let byTime = Int64(Assumptions.concurrency) * 1_000_000_000 / max(1, serviceTime.ns)
    // Nodes have room to spare: what limits a pod is its limit, and without one its request.
    let cpu = resources?.limits["cpu"] ?? resources?.requests["cpu"] ?? Quantity(milli: 250)
    let capacity = Int(max(1, min(byTime, perSecond(cpu)))) * pods
    (rate, source) = (capacity / 2, "half of what the pods can serve, at most \(Self.most)")
    if let request = resources?.requests["cpu"], request.milliValue > 0,
      let (autoscaler, percent) = InferredLoad.autoscaler(of: workload, objects)
    {
      let pods = max(pods, autoscaler.minReplicas ?? 1)
      let aim = perSecond(request) * Int64(pods) * Int64(min(1000, percent)) / 100
      rate = min(capacity, Int(aim * 3 / 4))
      source =
        "three quarters of the CPU that hpa/\(autoscaler.meta.name) aims at, at most \(Self.most)"
    }
    rate = max(10, min(Self.most, rate))
  }

  private static func autoscaler(
    of workload: RehearsedWorkload, _ objects: [ClusterObject]
  ) -> (HorizontalPodAutoscaler, Int)? {
    for case .horizontalPodAutoscaler(let autoscaler) in objects
    where autoscaler.target == workload.key {
      for metric in autoscaler.metrics {
        if case .resource(name: "cpu") = metric.source,
          case .utilization(let percent) = metric.target
        {
          return (autoscaler, percent)
        }
      }
    }
    return nil
  }
}
