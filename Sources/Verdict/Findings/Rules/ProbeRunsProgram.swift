import ClusterAPI

/// An exec probe runs a script that the image must hold: where it does not, the probe fails for ever.
enum ProbeRunsProgram: FindingRule {
  static let id = "probe-runs-program"
  static let title = "a probe runs a script that only the image can bring"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.flatMap { container in
      container.probes.compactMap { kind, probe in
        guard case .exec(let command) = probe.handler,
          let script = ExecutedProgram.script(of: command, in: container)
        else { return nil }
        let consequence =
          kind == .readiness
          ? "the pod never becomes ready" : "the container is restarted again and again"
        return finding(
          .note, workload.key, part: "\(container.name) \(kind.rawValue)",
          "the \(kind.rawValue) probe of \(container.name) runs `\(script)`, which no volume brings; "
            + "without it \(consequence)", .when("unless \(container.image) holds \(script)"))
      }
    }
  }
}
