import ClusterAPI
import Control
import Testing
import Units

/// The answers of the eviction subresource (`EvictionREST.Create`).
@Suite struct EvictionTests {
  private func budget(
    allowed: Int64, healthy: Int64 = 3, desired: Int64 = 3, policy: String? = nil
  ) -> PodDisruptionBudget {
    var budget = PodDisruptionBudget(meta: ObjectMeta(name: "web"))
    budget.meta.generation = 2
    budget.unhealthyPodEvictionPolicy = policy
    budget.status.observedGeneration = 2
    budget.status.disruptionsAllowed = allowed
    budget.status.currentHealthy = healthy
    budget.status.desiredHealthy = desired
    return budget
  }

  private func answer(
    isPending: Bool = false, isReady: Bool = true, _ budgets: PodDisruptionBudget...
  ) -> Eviction {
    Eviction(isPending: isPending, isReady: isReady, budgets: budgets)
  }

  @Test func aReadyPodIsChargedToItsBudget() {
    #expect(answer() == .granted)
    #expect(answer(budget(allowed: 1)) == .charged)
    let refused = Eviction.refused(
      "Cannot evict pod as it would violate the pod's disruption budget.")
    #expect(answer(budget(allowed: 0)) == refused)
  }

  @Test func nobodyReliesOnAPodThatDoesNotRun() {
    #expect(answer(isPending: true, budget(allowed: 0)) == .granted)
  }

  /// `IfHealthyBudget` lets an unready pod go while the others meet the budget; `AlwaysAllow` always.
  @Test func anUnreadyPodGoesByThePolicy() {
    #expect(answer(isReady: false, budget(allowed: 0)) == .granted)
    #expect(answer(isReady: false, budget(allowed: 0, healthy: 2)) != .granted)
    #expect(
      answer(isReady: false, budget(allowed: 0, healthy: 2, policy: "AlwaysAllow")) == .granted)
    // A budget that wants nothing is not "healthy": the usual count decides.
    #expect(answer(isReady: false, budget(allowed: 1, healthy: 0, desired: 0)) == .charged)
  }

  @Test func aBudgetThatIsNotCountedYetRefuses() {
    var fresh = budget(allowed: 5)
    fresh.meta.generation = 3
    guard case .refused(let words) = answer(fresh) else {
      Issue.record("the status is of an older generation")
      return
    }
    #expect(words == "The disruption budget web is still being processed by the server.")
  }

  @Test func twoBudgetsAreAnError() {
    guard case .failed = answer(budget(allowed: 1), budget(allowed: 1)) else {
      Issue.record("the subresource does not support two budgets")
      return
    }
  }

  @Test func tooManyEvictionsThatDoNotShowAreAnError() {
    var full = budget(allowed: 1)
    full.status.disruptedPods = (0...Eviction.maxDisruptedPods).map { .init(.init($0), at: .zero) }
    guard case .failed = answer(full) else {
      Issue.record("the list of disrupted pods is full")
      return
    }
  }
}
