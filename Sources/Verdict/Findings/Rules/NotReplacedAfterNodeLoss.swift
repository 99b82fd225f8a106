import ClusterAPI
import Units
import World

/// A pod that tolerates the taint of a lost node for ever is not replaced.
enum NotReplacedAfterNodeLoss: FindingRule {
  static let id = "not-replaced-after-node-loss"
  static let title = "pods of a lost node are not replaced"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.object.kind == .deployment, workload.replicas > 0 else { return [] }
    let trace = trials.run(workload, .nodeLoss)
    let (before, after) = trace.readyPods(of: workload.key)
    guard before >= workload.replicas, after < before, trace.podsMade(of: workload.key) == 0 else {
      return []
    }
    var finding = finding(
      .warning, workload.key,
      "\(before - after) of \(workload.replicas) pods are lost with their node and not replaced in "
        + Figures.span(trace.end - trace.changeAt)
        + ": they tolerate node.kubernetes.io/unreachable")
    finding.moments = trace.moments
    return [finding]
  }
}
