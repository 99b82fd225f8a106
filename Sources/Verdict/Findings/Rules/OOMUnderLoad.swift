import ClusterAPI
import World

/// A container that uses more memory than its limit is killed by the kernel.
enum OOMUnderLoad: FindingRule {
  static let id = "oom-under-load"
  static let title = "a container is killed for using more memory than its limit"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    (workload.containers + workload.spec.initContainers.filter { $0.restartPolicy != "Always" })
      .compactMap { container in
        guard container.resources.limits["memory"] != nil,
          let bound = trials.threshold(
            of: .memory, container, in: workload, isBad: { $0.outOfMemoryAt != nil })
        else { return nil }
        var finding = finding(
          .note, workload.key, part: container.name,
          "\(container.name) is killed (OOMKilled) and starts again after a back-off",
          .above(.memory, bound.value))
        finding.at = bound.trace.outOfMemoryAt
        finding.moments = bound.trace.moments
        return finding
      }
  }
}
