import ClusterAPI
import Units
import World

/// An update of a workload that runs well does not come to its end.
enum RolloutCannotProgress: FindingRule {
  static let id = "rollout-cannot-progress"
  static let title = "an update does not come to its end"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isUpdatable, workload.rollsOut else { return [] }
    if let finding = stuck(workload, trials.run(workload, .restart), .always, .error) {
      return [finding]
    }
    guard workload.needsNodeOfItsOwn, workload.object.kind == .deployment else { return [] }
    let condition = FindingCondition.when(
      "on \(workload.replicas) \(workload.replicas == 1 ? "node" : "nodes"), as many as pods")
    let trace = trials.run(workload, .restartOnNodes(workload.replicas))
    return [stuck(workload, trace, condition, .warning)].compactMap { $0 }
  }

  private static func stuck(
    _ workload: ExaminedWorkload, _ trace: RunTrace, _ condition: FindingCondition,
    _ severity: RehearsalFinding.Severity
  ) -> RehearsalFinding? {
    // What does not come up by itself is another finding.
    guard trace.readyPods(of: workload.key).before >= workload.replicas else { return nil }
    let left = trace.oldPodsStuck(of: workload.key)
    guard left > 0 else { return nil }
    let why = trace.lastProblem(of: workload.key).map { ": \($0)" } ?? ""
    let minutes = Figures.span(trace.end - trace.changeAt)
    var finding = finding(
      severity, workload.key,
      "\(left) of \(workload.replicas) pods are still not replaced after \(minutes)\(why)",
      condition)
    finding.moments = trace.moments
    if workload.object.kind == .deployment {
      finding.remedies = [
        .spec(
          "a pod may leave before its successor comes", workload.key,
          [
            .init(
              "strategy",
              .object([
                .init(
                  "rollingUpdate",
                  .object([
                    .init("maxUnavailable", .integer(1)), .init("maxSurge", .integer(0)),
                  ]))
              ]))
          ]),
        .spec(
          "the old pod ends before the new one starts", workload.key,
          [
            .init(
              "strategy",
              .object([.init("type", .string("Recreate")), .init("rollingUpdate", .null)]))
          ]),
      ]
    }
    return finding
  }
}
