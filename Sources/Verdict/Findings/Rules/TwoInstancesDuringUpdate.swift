import ClusterAPI

/// A program of one replica runs twice while it is updated: the new pod is there before the old one goes.
enum TwoInstancesDuringUpdate: FindingRule {
  static let id = "two-instances-during-update"
  static let title = "an update runs two instances of a program that is kept at one"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isDeployment, workload.replicas == 1, workload.most <= 1, workload.surge > 0,
      !LeaderElection.isOn(workload)
    else { return [] }
    let claims = ownClaims(workload)
    let isController = !workload.nameWords.isDisjoint(with: controllers)
    guard isController || !claims.isEmpty else { return [] }
    var found = finding(
      .note, workload.key,
      claims.isEmpty
        ? "an update starts the new pod before the old one has ended, and nothing shows that they elect "
          + "a leader"
        : "an update starts the new pod while the old one writes to \(claims.joined(separator: ", ")); on "
          + "another node it waits for the volume instead",
      .when("if it must not run twice at once"))
    found.remedies = [
      .spec(
        "the strategy Recreate", workload.key,
        [
          .init(
            "strategy",
            .object([.init("type", .string("Recreate")), .init("rollingUpdate", .null)]))
        ])
    ]
    return [found]
  }

  private static let controllers: Set<String> = [
    "controller", "controllers", "operator", "manager", "scheduler",
  ]

  /// Claims of the tree that one node may write to at a time.
  private static func ownClaims(_ workload: ExaminedWorkload) -> [String] {
    workload.spec.volumes.compactMap { volume in
      guard case .persistentVolumeClaim(let name, readOnly: false) = volume.source,
        case .persistentVolumeClaim(let claim)? = workload.tree.object(
          ObjectKey(.persistentVolumeClaim, namespace: workload.namespace, name: name)),
        !claim.accessModes.isEmpty,
        claim.accessModes.allSatisfy({ ["ReadWriteOnce", "ReadWriteOncePod"].contains($0) })
      else { return nil }
      return "persistentvolumeclaim/\(name)"
    }
  }
}
