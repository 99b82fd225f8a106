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
    RequestOutcome.refused, .reset, .overflow, .noEndpoints, .timeout,
  ])
  func aLostRequestIsFound(outcome: RequestOutcome) {
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
    #expect(finding.detail.contains("2 of 502 requests lost"))
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
      DeploymentScale(at: .zero, key: web, replicas: 3, strategy: strategy),
      DeploymentScale(at: at(30), key: web, replicas: 5, strategy: strategy),
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
}
