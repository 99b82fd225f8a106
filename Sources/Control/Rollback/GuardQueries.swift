import ClusterAPI

/// All that a guard may ask, of whatever revision: what has to be kept of a run in which it watches.
public enum GuardQueries {
  /// Stands for what nobody knows beforehand, such as the hash of a template: a matcher that holds it fits
  /// everything.
  public static let unknown = "\u{E000}"

  public static func all(of rule: RollbackGuard) -> [String] {
    objectives(of: rule) + measurements(of: rule) + analysis(of: rule) + checks(of: rule)
  }

  private static func objectives(of rule: RollbackGuard) -> [String] {
    rule.objectives.flatMap { objective in
      // The name of any ReplicaSet of the Deployment, as a pattern.
      ["\(rule.deployment.name)-.+", nil].flatMap { set in
        let own = ObjectiveQueries(objective, rule.metrics, replicaSet: set)
        return [own.value, own.count]
      }
    }
  }

  private static func measurements(of rule: RollbackGuard) -> [String] {
    rule.measurements.compactMap {
      try? ObjectiveQueries.fill(
        $0.query, deployment: rule.deployment, replicaSet: unknown, window: $0.window)
    }
  }

  /// What its analysis asks.
  public static func analysis(of rule: RollbackGuard) -> [String] {
    guard let analysis = rule.analysis else { return [] }
    let meta = ObjectMeta(name: rule.deployment.name, namespace: rule.deployment.namespace)
    let subject = GuardAnalysis.Subject(
      meta: meta, latest: unknown, stable: unknown, missing: unknown)
    return (try? analysis.metrics(subject).map(\.query)) ?? []
  }

  /// What the checks of its Canary ask.
  public static func checks(of rule: RollbackGuard) -> [String] {
    guard let canary = rule.canary else { return [] }
    return canary.checks.compactMap { canary.query(of: $0) }
  }
}
