import ClusterAPI

/// One of several sidecars of a family has no leader election: of it every replica works at once.
enum WithoutLeaderElection: FindingRule {
  static let id = "without-leader-election"
  static let title = "a container elects no leader, though its siblings do"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isLasting, !workload.isDaemonSet else { return [] }
    let several = max(workload.most, min(workload.replicas, 1 << 20) + min(workload.surge, 1 << 20))
    guard several > 1 else { return [] }
    let containers = workload.containers
    let leaders = containers.filter { LeaderElection.sign(of: $0) == .on }
    return containers.compactMap { container in
      let sign = LeaderElection.sign(of: container)
      guard sign != .on, !hasNone.contains(where: container.name.contains) else { return nil }
      let siblings = leaders.filter { family($0) == family(container) }.map(\.name)
      // A switch that is off is meant where nobody else has one.
      guard !siblings.isEmpty || (sign == .off && workload.most > 1) else { return nil }
      return finding(
        siblings.isEmpty ? .note : .warning, workload.key, part: container.name,
        siblings.isEmpty
          ? "\(container.name) is told not to elect a leader, and there are up to \(several) of it"
          : "\(siblings.joined(separator: ", ")) elect a leader and \(container.name) does not: up to "
            + "\(several) instances of it work at the same things",
        .when("if \(container.name) does not elect one by itself"))
    }
  }

  /// `csi` of `csi-resizer`.
  private static func family(_ container: Container) -> String {
    String(container.name.split(separator: "-").first ?? "")
  }

  /// Sidecars that work for their own pod alone.
  private static let hasNone = ["driver", "liveness", "proxy", "registrar", "plugin", "metrics"]
}
