import ClusterAPI
import Units
import World

/// The pods of a workload do not come up, in a cluster with room.
enum PodsNeverReady: FindingRule {
  static let id = "pods-never-ready"
  static let title = "pods do not become ready"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isUpdatable, workload.replicas > 0 else { return [] }
    let trace = trials.run(workload, .restart)
    let (before, after) = trace.readyPods(of: workload.key)
    // A DaemonSet of nodes that the trial does not have makes no pod.
    guard before < workload.replicas, after < workload.replicas,
      workload.object.kind != .daemonSet
        || trace.pods.contains(where: { $0.workload == workload.key })
    else { return [] }
    let why = trace.lastProblem(of: workload.key).map { ": \($0)" } ?? ""
    var finding = finding(
      .error, workload.key,
      "\(max(before, after)) of \(workload.replicas) pods are ready after "
        + Figures.span(trace.end - .zero) + why)
    finding.moments = trace.moments
    return [finding]
  }
}
