import ClusterAPI

/// No old revision is kept: there is nothing to go back to.
enum HistoryPreventsRollback: FindingRule {
  static let id = "history-prevents-rollback"
  static let title = "no revision is kept that could be rolled back to"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let limit: Int
    switch workload.object {
    case .deployment(let it): limit = it.spec.revisionHistoryLimit
    case .statefulSet(let it): limit = it.revisionHistoryLimit
    case .daemonSet(let it): limit = it.revisionHistoryLimit
    default: return []
    }
    guard limit == 0 else { return [] }
    var found = finding(
      .warning, workload.key,
      "revisionHistoryLimit is 0: once a bad version has replaced the old one, `kubectl rollout undo` finds "
        + "no revision")
    found.remedies = [
      .spec(
        "two old revisions", workload.key, [.init("revisionHistoryLimit", .integer(2))])
    ]
    return [found]
  }
}
