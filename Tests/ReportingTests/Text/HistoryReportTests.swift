import Foundation
import Recording
import Reporting
import Testing
import Units

@Suite struct HistoryReportTests {
  /// Three suites, the last of them without an end.
  private func summaries() throws -> (suites: [SuiteSummary], runs: [RunSummary]) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wavetank-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try RecordStore(path: folder.appendingPathComponent("a.sqlite").path)
    for day in 1...2 {
      let suite = SuiteRecord(
        startedAt: "2026-01-0\(day)T10:00:00Z", version: "0.1.0",
        commandLine: ["wavetank", "run", "s/"],
        scenarios: [ScenarioRecord(name: "spike", description: "", reference: "")], runs: [])
      let id = try store.begin(suite)
      for seed in UInt64(1)...2 {
        var run = RunRecord(
          scenario: "spike", seed: seed, verdict: seed == 1 ? .passed : .failed,
          score: 80 + day * Int(seed), digest: "d\(seed)", changeAt: .zero, quietFrom: .zero,
          end: .zero)
        if seed == 1 { (run.outcome, run.settled) = ("rolledBack", .milliseconds(44_500)) }
        try store.add(run, to: id)
      }
      if day == 1 { try store.finish(id, at: "2026-01-01T10:01:00Z") }
    }
    return (try store.suites(limit: 9), try store.runs(of: "spike", limit: 3))
  }

  @Test func suites() throws {
    let text = HistoryReport.text(try summaries().suites, color: false)
    #expect(
      text == """
        SUITE  STARTED                                   VERSION  SCENARIOS  PASSED  MEAN SCORE  \
        COMMAND
            2  2026-01-02T10:00:00Z (killed or running)  0.1.0            1     1/2        83.0  \
        wavetank run s/
            1  2026-01-01T10:00:00Z                      0.1.0            1     1/2        81.5  \
        wavetank run s/

        """)
    #expect(HistoryReport.text([SuiteSummary](), color: false) == "nothing has been run yet\n")
  }

  @Test func runsOfAScenario() throws {
    let text = HistoryReport.text(try summaries().runs, color: false)
    #expect(
      text == """
        RUN  SUITE  STARTED               SCENARIO  SEED  VERDICT  SCORE  OUTCOME      SETTLED  DIGEST
          4      2  2026-01-02T10:00:00Z  spike        2  failed      84  -                  -  d2
          3      2  2026-01-02T10:00:00Z  spike        1  passed      82  rolled back   44.5 s  d1
          2      1  2026-01-01T10:00:00Z  spike        2  failed      82  -                  -  d2

        """)
  }

  @Test func documents() throws {
    func rows(_ json: String, _ key: String) throws -> [[String: Any]] {
      let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      return try #require(document?[key] as? [[String: Any]])
    }
    let (suites, runs) = try summaries()
    let first = try rows(HistoryReport.json(suites), "suites")
    #expect(first.map { $0["id"] as? Int } == [2, 1])
    #expect(first[0]["finishedAt"] == nil && first[1]["finishedAt"] as? String != nil)
    #expect(first[1]["meanScore"] as? Double == 81.5)
    let second = try rows(HistoryReport.json(runs), "runs")
    #expect(second.map { $0["seed"] as? Int } == [2, 1, 2])
    #expect(second[1]["settledSeconds"] as? Double == 44.5 && second[0]["outcome"] == nil)
  }
}
