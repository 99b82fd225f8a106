public import Recording
import Units

/// A suite as JUnit's XML: a test suite for each scenario, a test case for each seed.
public enum JUnitReport {
  public static func xml(_ suite: SuiteRecord) -> String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let failures = suite.runs.count { $0.verdict != .passed }
    text +=
      "<testsuites name=\"wavetank\" tests=\"\(suite.runs.count)\" failures=\"\(failures)\">\n"
    for summary in ScenarioSummary.all(suite) {
      text += "  <testsuite name=\"\(summary.scenario.name.escaped)\" "
      text += "tests=\"\(summary.runs.count)\" failures=\"\(summary.failed.count)\">\n"
      for run in summary.runs { text += testCase(run) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func testCase(_ run: RunRecord) -> String {
    let name = "\(run.scenario) seed \(run.seed)".escaped
    // The time is simulated time: the run's own takes no part in the record.
    let seconds = Double(run.end.ns / 1_000_000) / 1000
    var text = "    <testcase name=\"\(name)\" classname=\"\(run.scenario.escaped)\" "
    text += "time=\"\(seconds)\""
    if run.verdict == .passed { return text + "/>\n" }
    let broken = run.findings.filter { $0.result != "met" }
    let message = broken.map { "\($0.name) \($0.result): \($0.detail)" }.joined(separator: "; ")
    text += ">\n      <failure type=\"\(run.verdict.rawValue)\" message=\"\(message.escaped)\">"
    text += TerminalReport.details(run, Paint(isOn: false)).escaped
    return text + "</failure>\n    </testcase>\n"
  }
}
