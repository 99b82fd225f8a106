public import ClusterAPI
public import Control
public import Units

/// The disruption controller: keeps the status of a PodDisruptionBudget (`disruption.trySync`,
/// Kubernetes 1.36).
public struct DisruptionController: Controller {
  public struct Input: Hashable, Sendable {
    public var budget: PodDisruptionBudget
    /// The pods that its selector chooses, ascending.
    public var ids: [PodID]
    public var pods: [DisruptionBudget.Pod]
    /// `spec.replicas` of the owners that the pods name.
    public var sizes: [Int64]
  }

  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    let found: DisruptionBudget.Status
    do throws(IntOrString.ScaleError) {
      found = try DisruptionBudget.status(
        minAvailable: input.budget.minAvailable, maxUnavailable: input.budget.maxUnavailable,
        pods: input.pods, replicaSetSizes: input.sizes, now: pass.now)
    } catch {
      return .never
    }
    var budget = input.budget
    budget.status.observedGeneration = budget.meta.generation
    budget.status.expectedPods = found.expectedPods
    budget.status.desiredHealthy = found.desiredHealthy
    budget.status.currentHealthy = found.currentHealthy
    budget.status.disruptionsAllowed = found.disruptionsAllowed
    let listed = Set(found.disruptedPods.map { input.ids[$0] })
    budget.status.disruptedPods.removeAll { !listed.contains($0.pod) }
    if budget.status != input.budget.status {
      guard case .written = try pass.write(.replaceStatus(.podDisruptionBudget(budget))) else {
        return .backOff
      }
    }
    // An eviction that never shows is forgotten.
    let expiry = budget.status.disruptedPods.map(\.at).min()
    guard let expiry else { return .never }
    let end = expiry + DisruptionBudget.deletionTimeout
    return .after(max(end - pass.now, .milliseconds(1)))
  }
}
