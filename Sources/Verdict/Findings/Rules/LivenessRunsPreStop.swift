import ClusterAPI

/// A failing liveness probe ends one container, and its preStop hook runs though the pod stays: a hook that
/// drains a neighbour leaves it drained.
enum LivenessRunsPreStop: FindingRule {
  static let id = "liveness-runs-prestop"
  static let title = "a failing liveness probe runs a hook that is meant for the end of the pod"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.spec.containers.count > 1 else { return [] }
    return workload.spec.containers.compactMap { container in
      guard container.livenessProbe != nil, let hook = container.preStop, acts(hook) else {
        return nil
      }
      let others = workload.spec.containers.map(\.name).filter { $0 != container.name }
      return finding(
        .note, workload.key, part: container.name,
        "when the liveness probe of \(container.name) fails, its preStop hook runs though "
          + "\(others.joined(separator: ", ")) and the pod stay",
        .when("if the hook drains or ends anything else than \(container.name)"))
    }
  }

  /// Whether a hook does more than wait.
  private static func acts(_ hook: LifecycleHandler) -> Bool {
    switch hook {
    case .sleep: return false
    case .exec(let command):
      let script = Container.script(of: command) ?? command.joined(separator: " ")
      return !script.trimmed.hasPrefix("sleep") && !script.trimmed.hasPrefix("/bin/sleep")
    case .httpGet, .tcpSocket: return true
    }
  }
}
