import ClusterAPI
public import Recording
import Units

/// A suite as JUnit XML: a test suite for each scenario, a test case for each seed.
///
/// A run without data (inconclusive) is a failure of that type. `time` is left out: the record
/// holds simulated time only, which a reader would take for the test's duration.
public enum JUnitReport {
  public static func xml(_ suite: SuiteRecord) -> String {
    let failures = suite.runs.count - suite.count(.passed)
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="wavetank" tests="\#(suite.runs.count)" failures="\#(failures)" errors="0">"#,
    ]
    for summary in ScenarioSummary.all(suite) { lines += testSuite(summary, suite) }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func testSuite(_ summary: ScenarioSummary, _ suite: SuiteRecord) -> [String] {
    let name = Escape.markup(summary.name)
    let counts =
      #"tests="\#(summary.runs.count)" failures="\#(summary.notPassed.count)" errors="0""#
    var lines = [
      #"  <testsuite name="\#(name)" \#(counts) timestamp="\#(Escape.markup(suite.startedAt))">"#,
      "    <properties>",
      property("version", suite.version),
    ]
    if let scenario = summary.scenario {
      lines.append(property("description", scenario.description))
      lines.append(property("reference", scenario.reference))
    }
    lines.append("    </properties>")
    for run in summary.runs { lines += testCase(run, summary) }
    lines.append("  </testsuite>")
    return lines
  }

  private static func property(_ name: String, _ value: String) -> String {
    #"      <property name="\#(name)" value="\#(Escape.markup(value))"/>"#
  }

  private static func testCase(_ run: RunRecord, _ summary: ScenarioSummary) -> [String] {
    let file = summary.scenario?.files.first.map { #" file="\#(Escape.markup($0.name))""# } ?? ""
    var lines = [
      #"    <testcase classname="\#(Escape.markup(run.scenario))" name="seed \#(run.seed)"\#(file)>"#
    ]
    let why = RunStory.why(run).map { $0.label + $0.text }
    if run.verdict != .passed {
      let broken = run.findings.filter { $0.result != "met" }.map(Words.finding)
      let message = broken.isEmpty ? run.verdict.rawValue : broken.joined(separator: "; ")
      lines.append(
        #"      <failure type="\#(run.verdict.rawValue)" message="\#(Escape.markup(message))">"#
          + Escape.markup((why + [Words.replay(run)]).joined(separator: "\n")) + "</failure>")
    }
    let facts = [
      "score \(run.score), digest \(run.digest)",
      "outcome \(Words.outcome(run.outcome)), settled after "
        + (run.settled.map(Words.span) ?? "-"),
      "\(Words.count(run.failed)) of \(Words.count(run.requests, "request")) failed",
    ]
    let decisions = run.decisions.map { "\(Words.time($0.at)) \(Words.decision($0))" }
    let out = Escape.markup((facts + decisions).joined(separator: "\n"))
    lines.append("      <system-out>\(out)</system-out>")
    lines.append("    </testcase>")
    return lines
  }
}
