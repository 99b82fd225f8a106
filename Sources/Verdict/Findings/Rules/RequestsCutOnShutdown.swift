import ClusterAPI
import Units
import World

/// What a pod is still serving at the end of its grace period is cut off.
enum RequestsCutOnShutdown: FindingRule {
  static let id = "requests-cut-on-shutdown"
  static let title = "requests are cut off at the end of the grace period"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isServed, workload.isUpdatable, let container = workload.spec.containers.first,
      let bound = trials.threshold(
        of: .request, container, in: workload,
        isBad: { trace in trace.loads.contains { $0.requests.contains { $0.reset > 0 } } })
    else { return [] }
    let grace = workload.spec.terminationGracePeriodSeconds
    var finding = finding(
      bound.value <= 5 ? .warning : .note, workload.key, part: container.name,
      "a request that is not answered \(grace) s after its pod was told to end is cut off",
      .above(.request, bound.value))
    finding.moments = bound.trace.moments
    finding.remedies = [
      .pod(
        "a longer grace period", workload.key,
        [.init("terminationGracePeriodSeconds", .integer(Int64(max(60, grace * 2))))])
    ]
    return [finding]
  }
}
