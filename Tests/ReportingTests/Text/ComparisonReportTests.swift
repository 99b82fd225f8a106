import Foundation
import Recording
import Reporting
import Testing
import Units

@Suite struct ComparisonReportTests {
  private let before = ComparisonReport.Side(
    name: "suite 3", startedAt: "2026-01-05T10:00:00Z", version: "0.1.0")
  private let after = ComparisonReport.Side(
    name: "suite 4", startedAt: "2026-01-06T10:00:00Z", version: "0.1.0")

  private func suite(_ change: (inout RunRecord) -> Void) -> SuiteRecord {
    var suite = SuiteRecord(
      startedAt: "", version: "0.1.0", commandLine: [],
      scenarios: ["bad-version", "spike"].map {
        ScenarioRecord(name: $0, description: "", reference: "")
      }, runs: [])
    for scenario in suite.scenarios {
      for seed in UInt64(1)...3 {
        var run = RunRecord(
          scenario: scenario.name, seed: seed, verdict: .passed, score: 90, digest: "d",
          changeAt: .zero, quietFrom: .zero, end: .zero)
        (run.requests, run.failed) = (10_000, 20)
        run.settled = .seconds(40)
        change(&run)
        suite.runs.append(run)
      }
    }
    return suite
  }

  private func worse() -> Comparison {
    Comparison(
      baseline: suite { _ in },
      candidate: suite { run in
        run.digest = "e"
        if run.scenario == "spike" { run.score -= run.seed == 1 ? 20 : 0 }
        guard run.scenario == "bad-version" else { return }
        run.failed = 60
        run.settled = .milliseconds(52_500)
        if run.seed == 2 { run.verdict = .failed }
      })
  }

  @Test func aRegressionIsShownWithItsFigures() {
    let text = ComparisonReport.text(worse(), baseline: before, candidate: after, color: false)
    #expect(
      text == """
        baseline   suite 3 of 2026-01-05T10:00:00Z, version 0.1.0
        candidate  suite 4 of 2026-01-06T10:00:00Z, version 0.1.0

           SCENARIO     METRIC           BASELINE  CANDIDATE  DIFFERENCE (95 %)  SEEDS
        ✗  bad-version  passed            100.0 %     66.7 %            -33.3 %      3
        ✗  bad-version  failed requests     0.2 %      0.6 %     +0.4 % ± 0.0 %      3
        ✗  bad-version  settled            40.0 s     52.5 s    +12.5 s ± 0.0 s      3
        ?  spike        score                90.0       83.3        -6.7 ± 28.7      3

        passed and does not any more: bad-version, seed 2
        ?: beyond the threshold, but within chance; more seeds would tell (--seeds)
        0 of 6 runs have the same digest
        a regression is: a seed that passed fails; mean score lower by more than 2; failed requests up \
        by more than 0.1 % of all; times longer by more than 5 s and 10 %; and beyond the 95 % \
        interval of the difference between the same seeds
        regression: 3 figures of bad-version

        """)
  }

  @Test func noDifferenceIsSaid() {
    let same = Comparison(baseline: suite { _ in }, candidate: suite { _ in })
    let text = ComparisonReport.text(same, baseline: before, candidate: after, color: false)
    #expect(text.contains("\nno figure differs\n"))
    #expect(text.contains("\n6 of 6 runs have the same digest\n"))
    #expect(text.hasSuffix("\nno regression\n"))
    #expect(
      ComparisonReport.text(same, baseline: before, candidate: after, color: true)
        .contains("\u{1B}[32mno regression"))
  }

  @Test func whatHasNoPartnerIsNamed() {
    var candidate = suite { _ in }
    candidate.runs.removeAll { $0.scenario == "bad-version" && $0.seed > 1 }
    candidate.scenarios[1].name = "new"
    candidate.scenarios[0].files = [InputFile(name: "a", bytes: [1])]
    let comparison = Comparison(baseline: suite { _ in }, candidate: candidate)
    let text = ComparisonReport.text(comparison, baseline: before, candidate: after, color: false)
    #expect(text.contains("only in the baseline: spike\n"))
    #expect(text.contains("only in the candidate: new\n"))
    #expect(text.contains("made from other files: bad-version\n"))
    #expect(text.contains("run in one of the suites only: bad-version, seeds 2, 3\n"))
  }

  @Test func theDocumentHoldsEveryFigure() throws {
    let json = ComparisonReport.json(worse(), baseline: before, candidate: after)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["regression"] as? Bool == true)
    let rows = try #require(document["rows"] as? [[String: Any]])
    #expect(rows.count == 10)
    let settled = try #require(
      rows.first { $0["metric"] as? String == "settled" && $0["regression"] as? Bool == true })
    #expect(settled["difference"] as? Double == 12.5 && settled["interval95"] as? Double == 0)
    let broken = try #require(document["broken"] as? [[String: Any]])
    #expect(broken.count == 1 && broken[0]["seed"] as? Int == 2)
  }
}
