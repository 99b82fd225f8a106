import ClusterAPI
import Units
import World

/// Lost nodes use up what an update of a DaemonSet may have unavailable: it stops.
enum DaemonSetUpdateStuck: FindingRule {
  static let id = "daemonset-update-stuck"
  static let title = "lost nodes stop the update of a DaemonSet"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.object.kind == .daemonSet, workload.rollsOut else { return [] }
    for count in 1...3 {
      let trace = trials.run(workload, .restartWithLostNodes(count))
      let left = trace.oldPodsStuck(of: workload.key)
      // Those of the lost nodes cannot be replaced.
      guard left > count else { continue }
      var finding = finding(
        count == 1 ? .warning : .note, workload.key,
        "an update leaves \(left - count) pods on living nodes as they were",
        .above(.lostNodes, Int64(count)))
      finding.moments = trace.moments
      finding.remedies = [
        .spec(
          "more nodes at a time", workload.key,
          [
            .init(
              "updateStrategy",
              .object([
                .init("type", .string("RollingUpdate")),
                .init("rollingUpdate", .object([.init("maxUnavailable", .string("10%"))])),
              ]))
          ])
      ]
      return [finding]
    }
    return []
  }
}
