import ClusterAPI
import Units
import World

/// An update takes the last ready pod away before a new one is ready.
enum UpdateStopsAllPods: FindingRule {
  static let id = "update-stops-all-pods"
  static let title = "an update leaves no pod ready"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    // One pod that nobody sends requests to may be meant to stop before the next one starts.
    guard workload.isUpdatable, workload.object.kind != .daemonSet,
      workload.isServed || workload.replicas > 1
    else { return [] }
    let trace = trials.run(workload, .restart)
    guard let gap = trace.timeWithoutReadyPod(workload.key) else { return [] }
    var finding = finding(
      .warning, workload.key,
      "every update leaves \(workload.noPod) ready for \(Figures.span(gap.length))")
    finding.at = gap.from
    finding.figures = [.init("without a ready pod", Figures.span(gap.length))]
    finding.moments = trace.moments
    if workload.object.kind == .deployment {
      finding.remedies = [
        .spec(
          "a rolling update that waits for the new pod", workload.key,
          [
            .init(
              "strategy",
              .object([
                .init("type", .string("RollingUpdate")),
                .init(
                  "rollingUpdate",
                  .object([
                    .init("maxUnavailable", .integer(0)), .init("maxSurge", .integer(1)),
                  ])),
              ]))
          ])
      ]
    }
    return [finding]
  }
}
