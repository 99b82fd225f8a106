import Control
import Testing
import Units

/// What comes next, as Kubernetes 1.36 was recorded to do it.
@Suite struct StatefulSetUpdateTests {
  private func pod(_ ordinal: Int, _ revision: String = "a") -> StatefulSetPod {
    var pod = StatefulSetPod(PodID(ordinal), ordinal: ordinal, revision: revision)
    pod.isReady = true
    pod.isAvailable = true
    return pod
  }

  private func unready(_ ordinal: Int, _ revision: String = "a") -> StatefulSetPod {
    StatefulSetPod(PodID(ordinal), ordinal: ordinal, revision: revision)
  }

  private func terminating(_ ordinal: Int) -> StatefulSetPod {
    var terminating = pod(ordinal)
    terminating.isTerminating = true
    return terminating
  }

  private func plan(
    _ replicas: Int, _ pods: [StatefulSetPod], to update: String = "a",
    _ change: (inout StatefulSetUpdate) -> Void = { _ in }
  ) -> StatefulSetUpdate.Plan {
    var step = StatefulSetUpdate(
      replicas: replicas, pods: pods, currentRevision: "a", updateRevision: update)
    change(&step)
    return step.plan()
  }

  private func created(_ ordinal: Int, _ revision: String = "a") -> [[StatefulSetUpdate.Action]] {
    [[.create(ordinal: ordinal, revision: revision)]]
  }

  @Test func orderedPodsAreMadeOneAfterAnother() {
    #expect(plan(3, []).groups == created(0))
    #expect(plan(3, [unready(0)]) == .init())
    #expect(plan(3, [pod(0)]).groups == created(1))
    var justReady = unready(0)
    justReady.isReady = true
    #expect(plan(3, [justReady]) == .init(), "ready, but not yet for minReadySeconds")
    #expect(plan(3, [pod(0), terminating(1)]) == .init(), "its object is still there")
    var ended = unready(1)
    ended.hasEnded = true
    #expect(plan(3, [pod(0), ended]).groups == [[.delete(PodID(1))]])
  }

  @Test func parallelPodsAreMadeAtOnce() {
    let plan = plan(8, [unready(1), terminating(2)]) { $0.isParallel = true }
    let ordinals = plan.groups.map { group in
      group.map { if case .create(let ordinal, _) = $0 { ordinal } else { -1 } }
    }
    #expect(ordinals == [[0], [3, 4, 5, 6], [7]])
  }

  @Test func anUpdateGoesFromTheHighestOrdinalAndWaits() {
    let old = (0..<3).map { pod($0) }
    #expect(plan(3, old, to: "b").replaced == [PodID(2)])
    #expect(plan(3, [pod(0), pod(1), pod(2, "b")], to: "b").replaced == [PodID(1)])
    #expect(plan(3, [pod(0), pod(1), unready(2, "b")], to: "b") == .init())
    let onDelete = plan(3, old, to: "b") { $0.isOnDelete = true }
    #expect(onDelete == .init())
    let partitioned = plan(3, old, to: "b") { $0.partition = 3 }
    #expect(partitioned == .init())
  }

  @Test func aPodBelowThePartitionComesBackAsItWas() {
    for (partition, revision) in [(0, "b"), (1, "b"), (2, "a")] {
      let plan = plan(3, [pod(0), pod(2, "b")], to: "b") { $0.partition = partition }
      #expect(plan.groups == created(1, revision))
    }
  }

  /// The broken pod stays when the template is corrected; with parallel pods it is replaced at once.
  @Test func aBrokenUpdateStaysBroken() {
    let broken = [pod(0), pod(1), unready(2, "b")]
    #expect(plan(3, broken, to: "a") == .init())
    let parallel = plan(3, broken, to: "a") { $0.isParallel = true }
    #expect(parallel.groups.isEmpty && parallel.replaced == [PodID(2)])
    // Scaled away it goes.
    #expect(plan(2, broken, to: "a").groups == [[.delete(PodID(2))]])
  }

  @Test func surplusPodsGoFromTheHighest() {
    #expect(plan(1, (0..<3).map { pod($0) }).groups == [[.delete(PodID(2))]])
    #expect(plan(1, [pod(0), pod(1), terminating(2)]) == .init())
    #expect(plan(1, [unready(0), pod(1), pod(2)]) == .init(), "nothing goes before db-0 is ready")
    #expect(plan(1, [pod(0), unready(1), pod(2)]).groups == [[.delete(PodID(2))]])
    #expect(plan(1, [pod(0), unready(1), unready(2)]) == .init(), "the higher of two waits")
    let parallel = plan(1, [unready(0), unready(1), pod(2), terminating(3)]) {
      $0.isParallel = true
    }
    #expect(parallel.groups == [[.delete(PodID(2)), .delete(PodID(1))]])
  }

  @Test func ordinalsMayBeginElsewhere() {
    func plan(_ pods: [StatefulSetPod], _ partition: Int = 0) -> StatefulSetUpdate.Plan {
      self.plan(2, pods, to: "b") { ($0.start, $0.partition) = (5, partition) }
    }
    #expect(plan([]).groups == created(5, "b"))
    #expect(plan([], 1).groups == created(5, "a"))
    #expect(plan([pod(5), pod(6, "b")], 1) == .init())
    #expect(plan([pod(5), pod(6, "b")]).replaced == [PodID(5)])
    // Those from before the start was moved go when the others are there.
    #expect(plan([pod(1), pod(0)]).groups == created(5, "b"))
    #expect(plan([pod(0), pod(1), pod(5), pod(6)]).groups == [[.delete(PodID(1))]])
  }

  @Test func scalingComesBeforeUpdating() {
    let both = plan(2, (0..<3).map { pod($0) }, to: "b")
    #expect(both.groups == [[.delete(PodID(2))]] && both.replaced.isEmpty)
  }

  @Test func maxUnavailableReplacesSeveralWhereItIsSwitchedOn() {
    let old = (0..<5).map { pod($0) }
    #expect(plan(5, old, to: "b") { $0.maxUnavailable = 2 }.replaced == [PodID(4), PodID(3)])
    let one = [pod(0), pod(1), pod(2), pod(3), unready(4, "b")]
    let parallel = plan(5, one, to: "b") {
      $0.isParallel = true
      $0.maxUnavailable = 2
    }
    #expect(parallel.replaced == [PodID(3)])
  }
}
