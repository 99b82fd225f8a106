import ClusterAPI
import World

/// A readiness probe takes a pod out of its Services while it only answers late; the others get its
/// load, and answer later too.
enum ReadinessDropsBusyPod: FindingRule {
  static let id = "readiness-drops-busy-pod"
  static let title = "the readiness probe takes a pod away that only answers late"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.filter { $0.readinessProbe != nil }.flatMap { container in
      [AssumedQuantity.unresponsive, .probeAnswer].compactMap { quantity in
        guard
          let bound = trials.threshold(
            of: quantity, container, in: workload,
            isBad: { $0.becomesUnready || $0.isNeverReady })
        else { return nil }
        var finding = finding(
          quantity == .unresponsive && bound.value <= 3000 ? .warning : .note, workload.key,
          part: container.name,
          quantity == .unresponsive
            ? "\(container.name) makes its pod unready, and the others get its requests"
            : "\(container.name) never becomes ready", .above(quantity, bound.value))
        finding.moments = bound.trace.moments
        finding.remedies = [
          .container(
            "a readiness probe that waits longer", workload.key, container.name,
            [
              .init(
                "readinessProbe",
                .object([
                  .init("timeoutSeconds", .integer(5)), .init("failureThreshold", .integer(3)),
                ]))
            ])
        ]
        return finding
      }
    }
  }
}
