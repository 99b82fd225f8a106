import ClusterAPI

/// How far a workload has come with its template, as it is stored at the end of a run
/// (`kubectl rollout status`).
struct Rollout {
  var key: ObjectKey
  var template: PodTemplate
  var isPaused = false
  /// Pods wanted, and how many of them are to have the template: a partition leaves some as they are.
  var wanted: Int
  var wantedUpdated: Int
  var total: Int
  var updated: Int
  var available: Int
  /// nil: not exceeded.
  var exceededDeadline: Int?

  /// nil: nothing of it is rolled out.
  init?(_ object: ClusterObject) {
    guard let template = object.template else { return nil }
    (key, self.template) = (object.key, template)
    switch object {
    case .deployment(let it):
      (wanted, wantedUpdated) = (it.spec.replicas, it.spec.replicas)
      (total, updated) = (it.status.replicas, it.status.updatedReplicas)
      (available, isPaused) = (it.status.availableReplicas, it.spec.paused)
      if it.status.conditions.contains(where: { $0.reason == "ProgressDeadlineExceeded" }) {
        exceededDeadline = it.spec.progressDeadlineSeconds
      }
    case .statefulSet(let it):
      wanted = it.replicas
      wantedUpdated =
        it.updateStrategy == "OnDelete" ? 0 : max(0, it.replicas - it.partition)
      (total, updated) = (it.status.replicas, it.status.updatedReplicas)
      available = it.status.availableReplicas
    case .daemonSet(let it):
      wanted = it.status.desiredNumberScheduled
      wantedUpdated = it.updateStrategy == "OnDelete" ? 0 : wanted
      (total, updated) = (
        it.status.currentNumberScheduled, it.status.updatedNumberScheduled
      )
      available = it.status.numberAvailable
    default: return nil
    }
  }

  /// What is still to be waited for.
  var pending: [Pending] {
    var pending: [Pending] = []
    if updated < wantedUpdated { pending.append(.updated(updated, wanted: wantedUpdated)) }
    let surplus = total - updated - (wanted - wantedUpdated)
    if surplus > 0, key.kind != .daemonSet { pending.append(.oldPodsRemain(surplus)) }
    if available < wanted { pending.append(.available(available, wanted: wanted)) }
    if !pending.isEmpty, let exceededDeadline {
      pending.append(.progressDeadlineExceeded(seconds: exceededDeadline))
    }
    return pending
  }
}
