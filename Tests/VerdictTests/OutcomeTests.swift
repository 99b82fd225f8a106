import ClusterAPI
import Testing
import Units
import World

@testable import Verdict

extension Script {
  fileprivate var settlement: Settlement { Settlement(of: trace.subjects[0], trace) }
}

@Suite struct OutcomeTests {
  private func decision(_ option: DecisionOption, _ second: Int64) -> TakenDecision {
    TakenDecision(
      at: at(second),
      decision: Decision(
        subject: web, revision: 2, option: option, otherwise: .wait,
        reason: .rolloutHealthy(available: 3, wanted: 3, watched: .seconds(5))), taken: option)
  }

  @Test func aCompleteRolloutIsPromotedWhenItsLastPodIsThere() {
    var script = Script()
    script.roll(from: 12)
    let settlement = script.settlement
    #expect(settlement.outcome == .promoted)
    #expect(settlement.at == at(25))
  }

  @Test func anAutoscalerThatWantsMoreLaterDoesNotMakeItLater() {
    var script = Script()
    script.roll(from: 12)
    var grown = deployment("web:v2")
    grown.spec.replicas = 4
    grown.status.replicas = 4
    grown.status.updatedReplicas = 4
    grown.status.availableReplicas = 4
    script.trace.objects = [.deployment(grown)]
    script.add(at: 41, set: 1, ready: 45)
    script.trace.scales = [(1, 3), (40, 4)].map {
      WorkloadScale(at: at($0.0), key: web, replicas: $0.1, strategy: DeploymentStrategy())
    }
    #expect(script.settlement == Settlement(.promoted, at: at(25)))
    script.trace.scales = []
    #expect(script.settlement == Settlement(.promoted, at: at(45)))
  }

  @Test func aGuardedOneIsPromotedWhenTheGuardSaysSo() {
    var script = Script(guarded: true)
    script.roll(from: 12)
    let waiting = script.settlement
    #expect(waiting.outcome == .stuck)
    #expect(waiting.pending == [.guardHasNotDecided])
    script.trace.decisions = [decision(.promote, 40)]
    #expect(script.settlement == Settlement(.promoted, at: at(40)))
  }

  @Test func theTemplateFromBeforeIsRolledBack() {
    var script = Script(image: "web:v1", guarded: true)
    let new = script.add(at: 12, set: 1, ready: 14)
    script.happen(20, .podTerminating(new))
    script.trace.decisions = [decision(.rollBack, 18)]
    #expect(script.settlement == Settlement(.rolledBack, at: at(20)))
  }

  @Test func aPausedOneWaitsForSomebody() {
    var script = Script()
    var paused = deployment("web:v2")
    paused.spec.paused = true
    script.trace.objects = [.deployment(paused)]
    #expect(script.settlement.outcome == .paused)
  }

  @Test func aStuckOneSaysWhatItWaitsFor() {
    var script = Script()
    var stuck = deployment("web:v2")
    stuck.status.updatedReplicas = 1
    stuck.status.replicas = 4
    stuck.status.availableReplicas = 2
    stuck.status.conditions = [
      Condition(
        type: "Progressing", status: .no, reason: "ProgressDeadlineExceeded",
        lastUpdateTime: Timestamp(at(30)), lastTransitionTime: Timestamp(at(30)))
    ]
    script.trace.objects = [.deployment(stuck)]
    let settlement = script.settlement
    #expect(settlement.outcome == .stuck)
    #expect(
      settlement.pending == [
        .updated(1, wanted: 3), .oldPodsRemain(3), .available(2, wanted: 3),
        .progressDeadlineExceeded(seconds: 600),
      ])
    script.trace.objects = []
    #expect(script.settlement.pending == [.noObject(web)])
  }

  @Test func aRevisionThatEndsAgainAndAgainIsNotComplete() {
    var script = Script()
    script.roll(from: 12)
    script.happen(30, .containerExited(PodID(3), restarts: 1))
    #expect(script.settlement.outcome == .promoted, "one restart may be chance")
    script.happen(50, .containerExited(PodID(3), restarts: 2))
    #expect(script.settlement.outcome == .stuck)
    #expect(script.settlement.pending == [.restarting(pods: 1, restarts: 2)])
    script.happen(55, .podTerminating(PodID(3)))
    #expect(script.settlement.outcome == .promoted, "that pod is replaced")
  }

  @Test func eachDeploymentOfAChangeIsJudged() {
    var script = Script()
    script.roll(from: 12)
    let other = ObjectKey(.deployment, namespace: "default", name: "cart")
    var cart = deployment("web:v2")
    cart.meta.name = "cart"
    cart.status.availableReplicas = 1
    script.trace.subjects.append(
      .init(key: other, before: template("web:v1"), target: template("web:v2"), isGuarded: false))
    script.trace.objects.append(.deployment(cart))
    var expect = Expectation()
    expect.outcome = .promoted
    let verdict = RunVerdict(script.trace, expect: expect, twin: nil)
    #expect(verdict.settlements.map(\.outcome) == [.promoted, .stuck])
    #expect(verdict.settlement?.outcome == .stuck)
    #expect(verdict.settlement?.at == nil)
    #expect(!verdict.passed)
    #expect(
      verdict.findings[0].detail
        == "deployment/web promoted; deployment/cart stuck: 1 of 3 pods are available, "
        + "expected promoted")
  }

  @Test func checksOfARunWithoutAChangeAreInconclusive() {
    var script = Script()
    script.trace.subjects = []
    #expect(Settlement(combining: []) == nil)
    #expect(Checks.outcome(.promoted, [], script.trace).result == .inconclusive)
    #expect(Checks.within(.seconds(5), nil, script.trace).result == .inconclusive)
    #expect(Checks.restored(true, nil).result == .inconclusive)
    #expect(Checks.regret(.none, []).result == .inconclusive)
  }

  @Test func outcomeAndTimeAreCompared() {
    var script = Script()
    script.roll(from: 12)
    let settlement = script.settlement
    #expect(Checks.outcome(.promoted, [settlement], script.trace).result == .met)
    #expect(Checks.outcome(.rolledBack, [settlement], script.trace).result == .broken)
    #expect(Checks.within(.seconds(15), settlement, script.trace).result == .met)
    let late = Checks.within(.seconds(14), settlement, script.trace)
    #expect(late.result == .broken)
    #expect(late.at == at(25))
    let never = Settlement(.stuck, at: nil, pending: [.guardHasNotDecided])
    #expect(Checks.within(.seconds(14), never, script.trace).result == .broken)
  }

  @Test func objectivesBoundErrorsAndLatency() {
    var script = Script()
    let errors = Expectation.Objective(service: service, limit: .errorRatio(Ratio(ppm: 4_000)))
    #expect(Checks.objective(errors, script.trace).result == .inconclusive)
    script.trace.objectives[errors] = ObjectiveAnswer(requests: 500, failed: 2, value: 0.004)
    #expect(Checks.objective(errors, script.trace).result == .met)
    script.trace.objectives[errors] = ObjectiveAnswer(
      requests: 503, failed: 3, value: 3.0 / 503)
    let broken = Checks.objective(errors, script.trace)
    #expect(broken.result == .broken)
    #expect(broken.detail.contains("3 of 503 requests failed (0.6 %"))
    let latency = Expectation.Objective(
      service: service, limit: .latency(quantile: Ratio(ppm: 500_000), .milliseconds(10)))
    #expect(Checks.objective(latency, script.trace).result == .inconclusive)
    script.trace.objectives[latency] = ObjectiveAnswer(requests: 503, value: 0.01)
    #expect(Checks.objective(latency, script.trace).result == .met)
    for value in [0.010_000_001, .infinity] {
      script.trace.objectives[latency] = ObjectiveAnswer(requests: 503, value: value)
      #expect(Checks.objective(latency, script.trace).result == .broken)
    }
  }
}
