public import ClusterAPI

/// What the eviction subresource of a pod answers (`EvictionREST.Create`, Kubernetes 1.36).
public enum Eviction: Hashable, Sendable {
  /// The pod is deleted, and no budget is charged.
  case granted
  /// The pod is deleted, and the budget allows one disruption less.
  case charged
  /// 429: tried again later.
  case refused(String)
  /// 500, 403: another try does not help.
  case failed(String)

  /// - Parameters:
  ///   - isPending: the pod has not started, or has ended, or is being deleted: nobody relies on it.
  ///   - budgets: those whose selectors choose the pod.
  public init(isPending: Bool, isReady: Bool, budgets: [PodDisruptionBudget]) {
    if isPending || budgets.isEmpty {
      self = .granted
      return
    }
    guard budgets.count == 1 else {
      self = .failed(
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."
      )
      return
    }
    let (budget, status) = (budgets[0], budgets[0].status)
    if !isReady {
      let isHealthy =
        status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0
      if budget.unhealthyPodEvictionPolicy == "AlwaysAllow" || isHealthy {
        self = .granted
        return
      }
    }
    if status.observedGeneration < budget.meta.generation {
      self = .refused(
        "The disruption budget \(budget.meta.name) is still being processed by the server.")
    } else if status.disruptionsAllowed < 0 {
      self = .failed("pdb disruptions allowed is negative")
    } else if status.disruptionsAllowed == 0 {
      self = .refused("Cannot evict pod as it would violate the pod's disruption budget.")
    } else if status.disruptedPods.count > Eviction.maxDisruptedPods {
      self = .failed(
        "DisruptedPods map too big - too many evictions not confirmed by PDB controller")
    } else {
      self = .charged
    }
  }

  /// `MaxDisruptedPodSize`
  public static let maxDisruptedPods = 2000
}
