import ClusterAPI
import Control

/// A DaemonSet is updated one node after the other, and each pod may take its whole grace period to end.
enum SlowDaemonSetUpdate: FindingRule {
  static let id = "slow-daemonset-update"
  static let title = "an update of a DaemonSet takes a grace period for each node"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let grace = workload.spec.terminationGracePeriodSeconds
    guard case .daemonSet(let set) = workload.object, workload.rollsOut,
      (30..<1_000_000).contains(grace),
      let surge = try? set.maxSurge.scaled(total: 100, roundUp: true), surge == 0,
      let share = try? set.maxUnavailable.scaled(total: 100, roundUp: true), share <= 1,
      !workload.isServed, !workload.containers.contains(where: { $0.preStop != nil })
    else { return [] }
    let minutes = (100 * grace + 59) / 60
    var found = finding(
      .note, workload.key,
      "one node after the other, \(grace) s each to end: 100 nodes take \(minutes) min, with nothing that "
        + "needs draining",
      .when("if the programs do not end by themselves on SIGTERM"))
    found.figures = [.init("update of 100 nodes", "\(minutes) min")]
    found.remedies = [
      .spec(
        "a tenth of the nodes at a time", workload.key,
        [
          .init(
            "updateStrategy",
            .object([
              .init("type", .string("RollingUpdate")),
              .init("rollingUpdate", .object([.init("maxUnavailable", .string("10%"))])),
            ]))
        ])
    ]
    return [found]
  }
}
