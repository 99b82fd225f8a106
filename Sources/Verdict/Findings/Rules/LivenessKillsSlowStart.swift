import ClusterAPI
import Units
import World

/// A liveness or startup probe ends a container that is still starting; it starts again, as slowly.
enum LivenessKillsSlowStart: FindingRule {
  static let id = "liveness-kills-slow-start"
  static let title = "a probe restarts a container that is still starting"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.compactMap { container in
      guard container.livenessProbe != nil || container.startupProbe != nil,
        let bound = trials.threshold(
          of: .startup, container, in: workload, isBad: { $0.killedByProbe != nil })
      else { return nil }
      var finding = finding(
        bound.value <= 10 ? .warning : .note, workload.key, part: container.name,
        "\(container.name) is restarted before it is up, and never comes up",
        .above(.startup, bound.value))
      finding.at = bound.trace.killedByProbe
      finding.moments = bound.trace.moments
      // As long again as it is given now, and five minutes at least.
      let seconds = max(300, bound.value * 2)
      if let probe = container.startupProbe ?? container.livenessProbe {
        finding.remedies = [
          .container(
            "a startupProbe that gives \(seconds) s", workload.key, container.name,
            [
              .init(
                "startupProbe",
                .object(
                  (container.startupProbe == nil ? probe.handler.document : []) + [
                    .init("periodSeconds", .integer(10)),
                    .init("failureThreshold", .integer((seconds + 9) / 10)),
                  ]))
            ])
        ]
      }
      return finding
    }
  }
}
