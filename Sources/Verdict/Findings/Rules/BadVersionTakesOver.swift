import ClusterAPI
import Units
import World

/// A new version that does not work replaces every pod of the old one.
enum BadVersionTakesOver: FindingRule {
  static let id = "bad-version-takes-over"
  static let title = "a new version that never becomes ready replaces the old one"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isServed, workload.isUpdatable, workload.rollsOut,
      workload.object.kind != .daemonSet, workload.replicas > 0,
      // The only pod of a StatefulSet goes first whatever the version: another finding.
      workload.object.kind == .deployment || workload.replicas > 1
    else { return [] }
    let trace = trials.run(workload, .neverReady)
    guard trace.readyPods(of: workload.key).before >= workload.replicas,
      trace.oldPodsLeft(of: workload.key) == 0
    else { return [] }
    let hasProbe = workload.containers.contains { $0.readinessProbe != nil }
    var finding = finding(
      .warning, workload.key,
      hasProbe
        ? "\(workload.allPods) may leave before a new one is ready"
        : "without a readiness probe nothing tells a new version that does not work: it replaces "
          + workload.allPods)
    finding.moments = trace.moments
    return [finding]
  }
}
