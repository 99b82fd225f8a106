import ClusterAPI

/// A readiness probe begins minutes after the start: each pod of an update is waited for as long.
enum ReadinessWaits: FindingRule {
  static let id = "readiness-waits"
  static let title = "a pod is not ready for minutes, however fast it starts"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isLasting else { return [] }
    return workload.containers.compactMap { container in
      guard let probe = container.readinessProbe, probe.initialDelaySeconds >= 120 else {
        return nil
      }
      let delay = probe.initialDelaySeconds
      var found = finding(
        .note, workload.key, part: container.name,
        "the readiness probe of \(container.name) begins after \(delay) s: each step of an update takes that "
          + "long at least, and so does the replacement of a lost pod",
        .when("if it is up before that"))
      found.figures = [.init("until a pod is ready", "\(delay) s")]
      found.remedies = [
        .container(
          "readiness that is asked from the start on", workload.key, container.name,
          [.init("readinessProbe", .object([.init("initialDelaySeconds", .integer(5))]))])
      ]
      return found
    }
  }
}
