import ClusterAPI

/// The data of a ConfigMap changes, but nothing restarts the pods that have read it into variables.
enum ConfigNotReloaded: FindingRule {
  static let id = "config-not-reloaded"
  static let title = "pods keep the old configuration until they are restarted"

  static func find(from base: ExaminedWorkload, to head: ExaminedWorkload) -> [RehearsalFinding] {
    guard head.isLasting, base.template == head.template else { return [] }
    return ConfigChange.all(from: base, to: head).compactMap { change in
      guard change.readings.contains(.environment) else { return nil }
      return finding(
        .warning, head.key, part: change.key.short,
        "\(change.key.short) changes (\(change.words)) and the pod template does not: pods that run keep "
          + "the old values in their variables, and any that is started later has the new ones")
    }
  }
}
