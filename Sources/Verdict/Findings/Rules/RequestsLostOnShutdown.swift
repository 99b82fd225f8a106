import ClusterAPI
import Units
import World

/// A terminating pod stops to listen before all proxies have learnt that it is no endpoint any more.
enum RequestsLostOnShutdown: FindingRule {
  static let id = "requests-lost-on-shutdown"
  static let title = "requests reach pods that have stopped listening"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isServed, workload.isUpdatable else { return [] }
    let hasProbe = !workload.containers.allSatisfy {
      $0.readinessProbe == nil && $0.startupProbe == nil
    }
    // Pods of sets are not told apart: with a probe, what is lost is lost at the end.
    guard workload.object.kind == .deployment || hasProbe else { return [] }
    let trace = trials.run(workload, .restart)
    let lost = trace.lostAttempts(of: workload.key)
    guard lost.old.lost > 0 else { return [] }
    var finding = finding(
      .warning, workload.key,
      "its terminating pods still get requests: "
        + Figures.lost(lost.old.lost, of: lost.requests) + " lost during an update")
    finding.at = lost.first
    finding.figures = [.init("requests lost", Figures.lost(lost.old.lost, of: lost.requests))]
    finding.moments = trace.moments
    if let container = workload.spec.containers.first, container.preStop == nil,
      workload.spec.terminationGracePeriodSeconds > 12
    {
      finding.remedies = [
        .container(
          "a preStop hook that waits until no proxy sends to the pod any more", workload.key,
          container.name,
          [
            .init(
              "lifecycle",
              .object([
                .init(
                  "preStop",
                  .object([.init("sleep", .object([.init("seconds", .integer(10))]))]))
              ]))
          ])
      ]
    }
    return [finding]
  }
}
