import ClusterAPI
import Units
import World

/// A new version that does not work replaces every pod of the old one.
enum BadVersionTakesOver: FindingRule {
  static let id = "bad-version-takes-over"
  static let title = "a new version that never becomes ready replaces the old one"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isServed, workload.isUpdatable, workload.rollsOut,
      workload.object.kind != .daemonSet, workload.replicas > 0
    else { return [] }
    let trace = trials.run(workload, .neverReady)
    guard trace.readyPods(of: workload.key).before >= workload.replicas,
      trace.oldPodsLeft(of: workload.key) == 0
    else { return [] }
    let hasProbe = workload.containers.contains { $0.readinessProbe != nil }
    var finding = finding(
      .warning, workload.key,
      hasProbe
        ? "all \(workload.replicas) old pods may leave before a new one is ready"
        : "without a readiness probe nothing tells a new version that does not work: it replaces "
          + "all \(workload.replicas) old pods")
    finding.moments = trace.moments
    return [finding]
  }
}
