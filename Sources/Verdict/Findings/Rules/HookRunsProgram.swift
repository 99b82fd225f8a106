import ClusterAPI

/// A preStop hook runs a program that the image must hold: where it does not, the hook fails and nothing is
/// drained.
enum HookRunsProgram: FindingRule {
  static let id = "hook-runs-program"
  static let title = "a preStop hook runs a program that only the image can bring"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.compactMap { container in
      guard case .exec(let command)? = container.preStop,
        let program = ExecutedProgram.script(of: command, in: container)
          ?? ExecutedProgram.tool(of: command)
      else { return nil }
      return finding(
        .note, workload.key, part: container.name,
        "the preStop hook of \(container.name) runs `\(program)`, which many images do not have; without "
          + "it the hook fails at once (FailedPreStopHook) and SIGTERM follows",
        .when("unless \(container.image) holds \(program)"))
    }
  }
}
