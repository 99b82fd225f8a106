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
      finding.remedies = remedies(container, workload, bound.value)
      return finding
    }
  }

  /// Time as long again as is given now, and five minutes at least.
  private static func remedies(
    _ container: Container, _ workload: ExaminedWorkload, _ bound: Int64
  ) -> [Remedy] {
    let seconds = max(300, bound * 2)
    let waits: [DocumentValue.Field] = [
      .init("periodSeconds", .integer(10)), .init("failureThreshold", .integer((seconds + 9) / 10)),
    ]
    if container.startupProbe != nil {
      return [
        .container(
          "a startupProbe that gives \(seconds) s", workload.key, container.name,
          [.init("startupProbe", .object(waits))])
      ]
    }
    guard let probe = container.livenessProbe else { return [] }
    // A request with headers or a host cannot be written again from what is modelled of it.
    let isWhole = !workload.template.unmodelled.contains { $0.path.contains(".livenessProbe.") }
    if isWhole {
      return [
        .container(
          "a startupProbe that gives \(seconds) s", workload.key, container.name,
          [.init("startupProbe", .object(probe.handler.document + waits))])
      ]
    }
    return [
      .container(
        "a liveness probe that begins after \(seconds) s", workload.key, container.name,
        [.init("livenessProbe", .object([.init("initialDelaySeconds", .integer(seconds))]))])
    ]
  }
}
