import Recording
import Testing
import Units

@testable import Reporting

@Suite struct TerminalReportTests {
  @Test func theTableHasARowForEachScenario() {
    let lines = TerminalReport.text(Records.mixed, color: false, width: 160).split(separator: "\n")
    #expect(lines[0].hasPrefix("SCENARIO  VERDICT         PASSED   SCORE  OUTCOME"))
    #expect(
      lines[1]
        == "steady    ✓ passed           2/2  91..92  rolled back                71 s     240   150,000"
        + "                  0")
    #expect(lines[2].hasPrefix("shaky     ✗ failed           1/2  40..91  rolled back 1, stuck 1"))
    #expect(lines[3].hasPrefix("bare      ? inconclusive     0/1       0  -"))
  }

  @Test func failingRunsSayWhy() {
    let text = TerminalReport.text(Records.mixed, color: false, width: 160)
    let told = """
      shaky, seed 2: failed, score 40
        broken        outcome: stuck, expected rolled back
        broken        NoRequestLost: 12 of 75000 requests lost: 12 reset (at +1:20.5)
        pending       2 of 4 pods are available
        decided       +1:35.3 deployment/web: error ratio of service/web 10.2 % over 60 s (limit 1 %, 1,204
      """
    for line in told.split(separator: "\n") { #expect(text.contains(line), "\(line)\n\(text)") }
    #expect(text.contains("defect        configmap/web data.limit is 20, without the change 10"))
    #expect(text.contains("5 runs of 3 scenarios: 3 passed, 1 failed, 1 inconclusive"))
    #expect(text.contains("300,000 requests, 480 failed; 49,380 events simulated"))
    #expect(text.contains("  wavetank replay shaky --seed 2\n"))
  }

  @Test func noLineIsWiderThanTheTerminal() {
    for width in [60, 80, 100, 120] {
      let text = TerminalReport.text(Records.mixed, color: false, width: width)
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }
  }

  @Test func colourIsShownOnlyWhereItIsWanted() {
    #expect(!TerminalReport.text(Records.mixed, color: false, width: 80).contains("\u{1B}"))
    let text = TerminalReport.text(Records.mixed, color: true, width: 80)
    #expect(text.contains("\u{1B}[32m✓ passed"))
    #expect(text.contains("\u{1B}[31m✗ failed"))
  }

  @Test func namesCannotSpeakToTheTerminal() {
    let text = TerminalReport.text(Records.hostile, color: false, width: 80)
    #expect(!text.contains("\u{1B}"))
  }

  @Test func manyFailuresOfAScenarioAreNotAllTold() {
    let suite = Records.suite((1...9).map { Records.failed("shaky", seed: $0) })
    let text = TerminalReport.text(suite, color: false, width: 100)
    #expect(text.contains("shaky, seed 3: failed"))
    #expect(!text.contains("shaky, seed 4: failed"))
    #expect(text.contains("not passed either: seeds 4, 5, 6, 7, 8, 9"))
  }

  @Test func anEmptySuiteSaysSo() {
    #expect(
      TerminalReport.text(Records.suite([]), color: true, width: 80) == "no scenario was run\n")
  }

  @Test func aReplayTellsTheWholeTimeline() {
    let run = Records.failed("shaky", seed: 2)
    let text = ReplayReport.text(run)
    #expect(text.hasPrefix("shaky, seed 2: failed, score 40, digest a1b22\n"))
    #expect(text.contains("+0:00.0  fault      shop/web:v2: 10 % of requests answered with 500\n"))
    #expect(text.contains("+1:35.3  decision   deployment/web: error ratio of service/web 10.2 %"))
    #expect(text.contains("-4 points"))
    let entries = text.split(separator: "\n").count { $0.hasPrefix("+") }
    #expect(entries == run.timeline.count)
    #expect(ReplayReport.text(Records.bare()).contains("nothing happened"))
  }
}
