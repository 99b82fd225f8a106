import ClusterAPI
import Testing
import Units
import World

@testable import Verdict

@Suite struct ScoreTests {
  private func harm(_ failed: Int64, of requests: Int64 = 100_000) -> Harm {
    var harm = Harm()
    harm.failed = failed
    harm.requests = requests
    return harm
  }

  private func quality(
    _ option: DecisionOption, _ own: Int64, _ other: Int64?, complete: Bool = false
  ) -> DecisionQuality {
    DecisionQuality(
      taken: TakenDecision(
        at: at(20),
        decision: Decision(
          subject: web, revision: 2, option: option, otherwise: .wait, reason: .noEarlierRevision),
        taken: option), harm: harm(own),
      other: other.map { .init(harm: harm($0), isComplete: complete) })
  }

  private func score(
    _ settlement: Settlement?, _ decisions: [DecisionQuality] = [],
    defects: [RestorationDefect] = [], findings: [Finding] = [], harm: Harm = Harm()
  ) -> Int {
    Score(
      settlement: settlement, decisions: decisions, defects: defects, findings: findings,
      harm: harm, twinHarm: Harm()
    ).value
  }

  @Test func aDecisionIsRatedByItsOtherBranch() {
    #expect(quality(.rollBack, 100, 5_000).rating == .right)
    #expect(quality(.rollBack, 5_000, 100).rating == .falseAlarm)
    #expect(quality(.promote, 5_000, 100).rating == .missed)
    #expect(quality(.promote, 5_000, nil).rating == .notMeasured)
    // The revision would have been complete, and would have hurt nobody.
    #expect(quality(.rollBack, 3, 0, complete: true).rating == .falseAlarm)
    #expect(quality(.rollBack, 3, 0, complete: false).rating == .right)
    #expect(quality(.rollBack, 3, 500, complete: true).rating == .right)
    #expect(quality(.rollBack, 5_000, 100).regret == 4_900)
    // A handful, or a twentieth, is chance.
    #expect(!quality(.rollBack, 15, 10).isRegretted)
    #expect(!quality(.rollBack, 1_049, 1_000).isRegretted)
    #expect(quality(.rollBack, 1_051, 1_000).isRegretted)
  }

  @Test func eachPartTakesItsPoints() {
    let promoted = Settlement(.promoted, at: at(20))
    let back = Settlement(.rolledBack, at: at(20))
    #expect(score(promoted) == 100)
    #expect(score(Settlement(.stuck, at: nil)) == 60)
    #expect(score(promoted, [quality(.promote, 5_000, 100)]) == 70)
    #expect(score(back, [quality(.rollBack, 5_000, 100)]) == 80)
    let defect = RestorationDefect(object: web, path: "spec.replicas", expected: "3", found: "5")
    #expect(score(back, defects: [defect]) == 90)
    #expect(score(back, defects: Array(repeating: defect, count: 9)) == 70)
    #expect(score(promoted, defects: [defect]) == 100)
    #expect(score(promoted, findings: [Finding("NoRequestLost", .broken, "")]) == 90)
    #expect(score(promoted, findings: [Finding("outcome", .broken, "")]) == 100)
    // 0.05 % of the requests is a point; 5 % are all twenty.
    #expect(score(promoted, harm: harm(50)) == 99)
    #expect(score(promoted, harm: harm(5_000)) == 80)
    var low = Harm()
    low.belowMinimum = .seconds(7)
    #expect(score(promoted, harm: low) == 98)
  }

  @Test func harmCountsFromTheChangeOn() {
    var script = Script()
    script.load((20, { $0.serverError = 4 }))
    script.happen(30, .podUnready(PodID(0)))
    script.happen(37, .podReady(PodID(0)))
    let harm = Harm(script.trace)
    #expect(harm.requests == 504)
    #expect(harm.failed == 4 && harm.slow == 0)
    #expect(harm.belowMinimum == .seconds(7))
    #expect(harm.podSeconds == 150)
  }

  @Test func harmCountsSlowAnswers() {
    var script = Script()
    script.load((20, { $0.serverError = 4 }), slow: 3, slowerThan: .milliseconds(500))
    #expect(Harm(script.trace).slow == 150)
    // From within a second on, the whole second.
    let late = Harm(script.trace, from: at(50) + .milliseconds(300))
    #expect(late.slow == 30 && late.requests == 100 && late.failed == 0)
    #expect(Harm(script.trace, from: at(5)).requests == 504, "not before the change")
    script.trace.seen = nil
    #expect(Harm(script.trace).total == 0)
  }

  @Test func anInconclusiveCheckFailsTheRun() {
    var script = Script()
    script.roll(from: 12)
    var expect = Expectation()
    expect.outcome = .promoted
    func verdict() -> RunVerdict {
      RunVerdict(script.trace, expect: expect, twin: nil)
    }
    #expect(verdict().passed)
    expect.invariants = ["NoRequestLost"]
    #expect(!verdict().passed)
    #expect(verdict().findings.map(\.result) == [.met, .inconclusive])
  }

  @Test func aChangeThatNobodyUndoesIsJudgedAgainstItsTwin() {
    var twin = Script(image: "web:v1")
    twin.load()
    var script = Script()
    script.roll(from: 12)
    // What a rollout loses on its way is harm, but no reason to go back.
    script.load((20, { $0.refused = 50 }))
    func decision() -> Int? {
      RunVerdict(script.trace, expect: Expectation(), twin: twin.trace).score.parts
        .first { $0.name == "decision" }?.points
    }
    #expect(decision() == 0)
    script.load((40, { $0.serverError = 50 }))
    #expect(decision() == 30)
    twin.load((40, { $0.serverError = 50 }))
    #expect(decision() == 0, "the twin suffers it too")
  }
}
