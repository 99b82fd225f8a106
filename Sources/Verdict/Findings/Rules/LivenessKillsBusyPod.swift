import ClusterAPI
import World

/// A liveness probe restarts a container that only answers late: busy, in a long pause, or waiting for
/// somebody else.
enum LivenessKillsBusyPod: FindingRule {
  static let id = "liveness-kills-busy-pod"
  static let title = "the liveness probe restarts a container that only answers late"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.filter { $0.livenessProbe != nil }.flatMap { container in
      [AssumedQuantity.unresponsive, .probeAnswer].compactMap { quantity in
        guard
          let bound = trials.threshold(
            of: quantity, container, in: workload, isBad: { $0.killedByProbe != nil })
        else { return nil }
        var finding = finding(
          quantity == .unresponsive && bound.value <= 10_000 ? .warning : .note, workload.key,
          part: container.name, "\(container.name) is restarted though it works",
          .above(quantity, bound.value))
        finding.at = bound.trace.killedByProbe
        finding.moments = bound.trace.moments
        finding.remedies = [
          .container(
            "a liveness probe that waits half a minute", workload.key, container.name,
            [
              .init(
                "livenessProbe",
                .object([
                  .init("timeoutSeconds", .integer(5)), .init("periodSeconds", .integer(10)),
                  .init("failureThreshold", .integer(6)),
                ]))
            ])
        ]
        return finding
      }
    }
  }
}
