import ClusterAPI
import Testing
import Units
import World

@testable import Verdict

@Suite struct InvariantTests {
  @Test func eachNameOfTheCatalogFindsItsInvariant() {
    let names = InvariantCatalog.all.map { $0.name }
    #expect(names == names.sorted())
    for name in names { #expect(InvariantCatalog.invariant(name)?.name == name) }
    #expect(InvariantCatalog.invariant("Nothing") == nil)
  }

  @Test func noRequestIsLost() {
    var script = Script()
    #expect(NoRequestLost.check(script.trace).result == .inconclusive)
    script.load()
    #expect(NoRequestLost.check(script.trace).result == .met)
    // An answer with 500 is an answer; what was lost before the change is not this rollout's.
    script.load((20, { $0.serverError = 3 }))
    #expect(NoRequestLost.check(script.trace).result == .met)
    script.load((5, { $0.refused = 3 }))
    #expect(NoRequestLost.check(script.trace).result == .met)
  }

  @Test(arguments: [
    (RequestOutcome.refused, "2 refused"), (.reset, "2 reset"), (.overflow, "2 met a full queue"),
    (.noEndpoints, "2 refused"), (.timeout, "2 timed out"),
  ])
  func aLostRequestIsFound(outcome: RequestOutcome, words: String) {
    var script = Script()
    script.load(
      (
        20,
        { tally in
          switch outcome {
          case .refused: tally.refused = 2
          case .reset: tally.reset = 2
          case .overflow: tally.overflow = 2
          case .noEndpoints: tally.noEndpoints = 2
          default: tally.timeout = 2
          }
        }
      ))
    let finding = NoRequestLost.check(script.trace)
    #expect(finding.result == .broken)
    #expect(finding.at == at(20))
    #expect(finding.detail == "2 of 502 requests lost: \(words)")
  }

  @Test func theCommonestCauseStandsFirst() {
    var script = Script()
    script.load((20, { ($0.timeout, $0.reset, $0.refused) = (3, 1, 3) }))
    let finding = NoRequestLost.check(script.trace)
    #expect(finding.detail == "7 of 507 requests lost: 3 refused, 3 timed out, 1 reset")
  }

  @Test func onlyServingPodsGetTraffic() {
    var script = Script()
    #expect(OnlyServingPodsGetTraffic.check(script.trace).result == .inconclusive)
    script.load((20, { $0.timeout = 3 }))
    #expect(OnlyServingPodsGetTraffic.check(script.trace).result == .met)
    script.load((20, { $0.reset = 1 }))
    let finding = OnlyServingPodsGetTraffic.check(script.trace)
    #expect(finding.result == .broken)
    #expect(finding.at == at(20))
    #expect(finding.detail.contains("web-1"))
  }

  @Test func readyPodsStayAboveTheFloor() {
    var script = Script()
    script.roll(from: 12)
    #expect(MinAvailableHeld.check(script.trace).result == .met)
    script.happen(40, .podUnready(PodID(3)))
    let finding = MinAvailableHeld.check(script.trace)
    #expect(finding.result == .broken)
    #expect(finding.at == at(40))
    #expect(finding.detail.contains("at least 2 ready, floor 3"))
    // One may be missing where the strategy allows it.
    script.trace.objects = [.deployment(deployment("web:v2", unavailable: 1))]
    #expect(MinAvailableHeld.check(script.trace).result == .met)
    script.trace.objects = []
    #expect(MinAvailableHeld.check(script.trace).result == .inconclusive)
  }

  @Test func podsStayBelowTheBound() {
    var script = Script()
    script.roll(from: 12)
    #expect(SurgeBound.check(script.trace).result == .met)
    script.add(at: 40, set: 1, ready: nil)
    #expect(SurgeBound.check(script.trace).result == .met)
    script.add(at: 41, set: 1, ready: nil)
    let finding = SurgeBound.check(script.trace)
    #expect(finding.result == .broken)
    #expect(finding.at == at(41))
    script.trace.objects = []
    #expect(SurgeBound.check(script.trace).result == .inconclusive)
  }

  @Test func boundsFollowTheScale() {
    var script = Script()
    let strategy = deployment("web:v2").spec.strategy
    script.trace.scales = [
      WorkloadScale(at: .zero, key: web, replicas: 3, strategy: strategy),
      WorkloadScale(at: at(30), key: web, replicas: 5, strategy: strategy),
    ]
    script.trace.objects = [.deployment(deployment("web:v1"))]
    for second in [31, 32] as [Int64] { script.add(at: second, set: 0, ready: second + 4) }
    #expect(MinAvailableHeld.check(script.trace).result == .met, "a higher floor takes time")
    #expect(SurgeBound.check(script.trace).result == .met)
    var early = script
    early.trace.scales[1].at = at(50)
    #expect(SurgeBound.check(early.trace).at == at(32), "five pods where four are the bound")
    script.happen(40, .podUnready(PodID(0)))
    let finding = MinAvailableHeld.check(script.trace)
    #expect(finding.result == .broken)
    #expect(finding.at == at(40))
    #expect(finding.detail.contains("at least 4 ready, floor 5"))
  }

  @Test func whatComesWithTheChangeHasNoFloorBeforeItIsReached() {
    var script = Script()
    script.trace.scales = [
      WorkloadScale(
        at: at(20), key: web, replicas: 4, strategy: deployment("web:v2").spec.strategy)
    ]
    #expect(MinAvailableHeld.check(script.trace).result == .met)
    script.add(at: 21, set: 1, ready: 25)
    script.happen(30, .podUnready(PodID(0)))
    #expect(MinAvailableHeld.check(script.trace).at == at(30))
  }

  /// Pods of one set, replaced one after another.
  private func set(_ kind: Kind, unready: [Int]) -> RunTrace {
    var script = Script()
    let key = ObjectKey(kind, namespace: "default", name: "web")
    let selector = LabelSelector(matchLabels: ["app": "web"])
    if kind == .statefulSet {
      var set = StatefulSet(
        meta: ObjectMeta(name: "web"), selector: selector, template: template("web:v2"))
      set.replicas = 3
      script.trace.objects = [.statefulSet(set)]
    } else {
      var set = DaemonSet(
        meta: ObjectMeta(name: "web"), selector: selector, template: template("web:v2"))
      set.status.desiredNumberScheduled = 3
      script.trace.objects = [.daemonSet(set)]
    }
    script.trace.subjects[0].key = key
    for index in script.trace.pods.indices { script.trace.pods[index].workload = key }
    for pod in unready { script.happen(20, .podUnready(PodID(pod))) }
    return script.trace
  }

  @Test(arguments: [Kind.statefulSet, .daemonSet]) func setsReplaceOnePodAtATime(kind: Kind) {
    let one = MinAvailableHeld.check(set(kind, unready: [0]))
    #expect(one.result == .met && one.detail.contains("at least 2 ready, floor 2"), "\(one)")
    let two = MinAvailableHeld.check(set(kind, unready: [0, 1]))
    #expect(two.result == .broken && two.at == at(20))
    #expect(SurgeBound.check(set(kind, unready: [])).result == .met)
  }
}
