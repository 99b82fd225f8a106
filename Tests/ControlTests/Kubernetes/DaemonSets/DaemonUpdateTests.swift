import ClusterAPI
import Control
import Testing
import Units

/// Which pods a DaemonSet makes and deletes, as Kubernetes 1.36 was recorded to do it.
@Suite struct DaemonUpdateTests {
  enum State { case available, unready, terminating }

  /// A pod of the node: its id is ten times the node's, plus one for a new one.
  private func pod(_ node: Int, _ state: State, isNew: Bool = false) -> DaemonPod {
    var pod = DaemonPod(PodID(node * 10 + (isNew ? 1 : 0)), revision: isNew ? "b" : "a")
    pod.isNew = isNew
    pod.isBound = true
    pod.isReady = state != .unready
    pod.isAvailable = state != .unready
    pod.isTerminating = state == .terminating
    return pod
  }

  private func node(
    _ id: Int, _ pods: [DaemonPod], shouldRun: Bool = true, mayStay: Bool = true
  ) -> DaemonNode {
    DaemonNode(NodeID(id), shouldRun: shouldRun, mayStay: mayStay, pods: pods)
  }

  private func deleting(_ nodes: [DaemonNode], _ maxUnavailable: IntOrString) -> DaemonUpdate {
    DaemonUpdate(nodes: nodes, maxSurge: .int(0), maxUnavailable: maxUnavailable)
  }

  private func surging(_ nodes: [DaemonNode], _ maxSurge: IntOrString) -> DaemonUpdate {
    DaemonUpdate(nodes: nodes, maxSurge: maxSurge, maxUnavailable: .int(0))
  }

  @Test func everyNodeThatShouldGetsOnePod() {
    let plan = deleting(
      [
        node(0, []), node(1, [pod(1, .available)]), node(2, [], shouldRun: false),
        node(3, [pod(3, .available)], shouldRun: false, mayStay: false),
        node(4, [pod(4, .terminating)]),
        node(5, [pod(5, .available)], shouldRun: false),
        node(6, [pod(6, .available), pod(6, .unready, isNew: true)]),
      ], .int(1)
    ).management()
    #expect(plan.created == [NodeID(0)])
    #expect(plan.deleted == [PodID(30), PodID(61)])
  }

  @Test func percentagesAreOfTheNodesThatShouldAndRoundedUp() {
    let nodes = (0..<5).map { node($0, [pod($0, .available)], shouldRun: $0 < 4) }
    #expect(deleting(nodes, .string("30%")).maxUnavailable == 2)
    #expect(surging(nodes, .string("10%")).maxSurge == 1)
    let none = DaemonUpdate(nodes: nodes, maxSurge: .int(0), maxUnavailable: .string("0%"))
    #expect(none.maxUnavailable == 1, "neither would never end")
  }

  @Test func oldPodsThatAreNotAvailableAreReplacedWithoutRegardToTheLimit() {
    let nodes = [
      node(0, [pod(0, .available)]), node(1, [pod(1, .unready)]), node(2, [pod(2, .unready)]),
      node(3, [pod(3, .available)]),
    ]
    #expect(deleting(nodes, .int(1)).replacement().deleted == [PodID(10), PodID(20)])
    #expect(
      deleting(nodes, .int(3)).replacement().deleted == [PodID(10), PodID(20), PodID(0)])
  }

  /// A pod that cannot go, as on a dead node, uses up maxUnavailable; a surge goes on beside it.
  @Test func aTerminatingPodStopsAnUpdateByDeletionOnly() {
    let nodes = [
      node(0, [pod(0, .terminating)], shouldRun: false), node(1, [pod(1, .available)]),
      node(2, [pod(2, .available)]),
    ]
    #expect(deleting(nodes, .int(1)).replacement().isEmpty)
    #expect(deleting(nodes, .int(2)).replacement().deleted == [PodID(10)])
    #expect(surging(nodes, .int(1)).replacement().created == [NodeID(1)])
  }

  @Test func aSurgeMakesTheNewPodFirst() {
    let begun = [
      node(0, [pod(0, .available), pod(0, .unready, isNew: true)]), node(1, [pod(1, .available)]),
      node(2, [pod(2, .unready)]),
    ]
    // An unavailable old pod gets its successor at once.
    #expect(surging(begun, .int(1)).replacement() == .init(created: [NodeID(2)]))
    #expect(surging(begun, .int(2)).replacement() == .init(created: [NodeID(2), NodeID(1)]))
    let ready = [
      node(0, [pod(0, .available), pod(0, .available, isNew: true)]),
      node(1, [pod(1, .available)]),
    ]
    #expect(surging(ready, .int(1)).management().deleted == [PodID(0)])
    let both = [node(0, [pod(0, .unready), pod(0, .unready, isNew: true)])]
    #expect(surging(both, .int(1)).management().deleted == [PodID(0)])
  }

  @Test func whereItShouldNotRunAnyMoreAnAvailablePodStaysUntilThereAreEnough() {
    let leaving = node(0, [pod(0, .available)], shouldRun: false)
    let coming = [leaving, node(1, [pod(1, .unready, isNew: true)])]
    #expect(surging(coming, .int(1)).replacement().isEmpty)
    let come = [leaving, node(1, [pod(1, .available, isNew: true)])]
    #expect(surging(come, .int(1)).replacement().deleted == [PodID(0)])
  }

  @Test func podsOfADeletedNodeAreDeletedUnlessTheyWereBound() {
    var (bound, unbound) = (pod(0, .available), pod(1, .unready))
    bound.isBound = true
    unbound.isBound = false
    var nodes = [
      node(0, [bound], shouldRun: false, mayStay: false),
      node(1, [unbound], shouldRun: false, mayStay: false),
    ]
    for index in nodes.indices { nodes[index].exists = false }
    #expect(deleting(nodes, .int(1)).management().deleted == [PodID(10)])
  }

  @Test func whereAPodShouldRun() {
    var spec = PodSpec(containers: [Container(name: "a", image: "a:v1")])
    spec.nodeSelector = ["pool": "x"]
    let placement = DaemonPlacement(spec)
    func judge(_ pool: String, _ taints: [Taint] = []) -> [Bool] {
      let (shouldRun, mayStay) = placement.judge(
        SchedulingNode(name: "n", labels: ["pool": pool], taints: taints, allocatable: [:]))
      return [shouldRun, mayStay]
    }
    func taint(_ name: String, _ effect: TaintEffect) -> Taint {
      Taint(key: "node.kubernetes.io/" + name, effect: effect)
    }
    #expect(judge("x") == [true, true])
    #expect(judge("y") == [false, false])
    #expect(judge("x", [taint("unschedulable", .noSchedule)]) == [true, true])
    #expect(judge("x", [taint("unreachable", .noExecute)]) == [true, true])
    // This one no DaemonSet tolerates: its pod stays, but none is made.
    #expect(judge("x", [taint("unreachable", .noSchedule)]) == [false, true])
    #expect(judge("x", [Taint(key: "own", effect: .noExecute)]) == [false, false])
    #expect(judge("x", [taint("network-unavailable", .noSchedule)]) == [false, true])
    spec.hostNetwork = true
    #expect(DaemonPlacement.tolerations(spec).count == 7)
  }
}
