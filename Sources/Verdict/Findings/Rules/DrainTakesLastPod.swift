import ClusterAPI
import Units
import World

/// The drain of one node takes every pod of a workload away.
enum DrainTakesLastPod: FindingRule {
  static let id = "drain-takes-last-pod"
  static let title = "the drain of one node leaves no pod ready"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isServed, workload.isUpdatable, workload.object.kind != .daemonSet else {
      return []
    }
    let trace = trials.run(workload, .drain)
    guard let gap = trace.timeWithoutReadyPod(workload.key) else { return [] }
    var finding = finding(
      workload.replicas > 1 ? .warning : .note, workload.key,
      "the drain of one node leaves \(workload.noPod) ready for \(Figures.span(gap.length))")
    finding.at = gap.from
    finding.figures = [.init("without a ready pod", Figures.span(gap.length))]
    finding.moments = trace.moments
    return [finding]
  }
}
