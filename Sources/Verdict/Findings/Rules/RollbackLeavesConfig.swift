import ClusterAPI

/// A new version comes together with other data in a ConfigMap of the same name: a rollback brings the old
/// pods back, but not what they have read.
enum RollbackLeavesConfig: FindingRule {
  static let id = "rollback-leaves-config"
  static let title = "a rollback does not bring the old configuration back"

  static func find(from base: ExaminedWorkload, to head: ExaminedWorkload) -> [RehearsalFinding] {
    guard head.isLasting, base.template != head.template else { return [] }
    return ConfigChange.all(from: base, to: head).map { change in
      // Of the object, so that several readers of it are one finding.
      finding(
        .note, change.key,
        "its data changes (\(change.words)) together with the pod template of \(head.key.short), which "
          + "reads it, and its name stays: `kubectl rollout undo` starts the old version with the new data",
        .when("if it is rolled back without the manifests"))
    }
  }
}
