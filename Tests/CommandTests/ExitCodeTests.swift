import Foundation
import SQLite
import Testing

/// The codes that scripts rely on; 130 and 143 are with the interruptions.
@Suite struct ExitCodeTests {
  private let files = [
    "good.yaml": Sandbox.scenario("good"),
    "bad.yaml": Sandbox.scenario("bad", outcome: "rolledBack"),
    "web.yaml": Sandbox.web,
  ]

  @Test func expectationsAndInput() throws {
    try Sandbox.with(files) { sandbox in
      #expect(try sandbox.run("run", "good.yaml", "--no-record").code == 0)
      let failed = try sandbox.run("run", "bad.yaml", "--no-record")
      #expect(failed.code == 1 && failed.output.contains("expected rolled back"))
      #expect(try sandbox.run("run", "absent.yaml").code == 2)
      let report = try sandbox.run(
        "run", "good.yaml", "--no-record", "--report", "web.yaml/r.html")
      #expect(report.code == 2 && report.errors.contains("cannot write `web.yaml/r.html`"))
    }
  }

  @Test func aRegressionIsJudgedByTheThresholdsOfTheCommand() throws {
    try Sandbox.with(files) { sandbox in
      for _ in 1...2 {
        #expect(try sandbox.run("run", "good.yaml", "--record", "a.sqlite").code == 0)
      }
      try Database(path: sandbox.folder + "/a.sqlite").execute(
        """
        UPDATE run SET score = score - 3, settled_ns = settled_ns + 7000000000
        WHERE scenario IN (SELECT id FROM scenario WHERE suite = 2)
        """)
      func compare(_ more: String...) throws -> Executable.Result {
        try Executable.run(["compare", "1", "--record", "a.sqlite"] + more, in: sandbox.folder)
      }
      let worse = try compare()
      #expect(worse.code == 3 && worse.output.contains("regression: 2 figures of good"))
      let score = try compare("--max-slower", "10s")
      #expect(score.code == 3 && score.output.contains("regression: 1 figure of good"))
      let none = try compare("--max-slower", "10s", "--max-score-drop", "4")
      #expect(none.code == 0 && none.output.contains("lower by more than 4; failed"))
      #expect(try compare("--max-slower-share", "1000%", "--max-score-drop", "4").code == 0)
      let again = try sandbox.run(
        "run", "good.yaml", "--record", "a.sqlite", "--baseline", "2", "--max-slower", "0s")
      #expect(again.code == 0, "better is no regression")
      #expect(try compare("--max-failed-rise", "much").code == 2)
    }
  }

  @Test func thresholdsAreShownWithTheirDefaults() throws {
    let help = try Executable.run(["compare", "--help"]).output
    for (option, value) in [
      ("--max-score-drop", "2.0"), ("--max-failed-rise", "0.1%"), ("--max-slower", "5s"),
      ("--max-slower-share", "10%"),
    ] {
      let tail = try #require(help.ranges(of: "\n  " + option + " <").last).upperBound
      #expect(help[tail...].prefix(300).contains("(default: \(value))"), "\(option)")
    }
  }

  @Test func aRunWithAnotherDigestThanRecorded() throws {
    try Sandbox.with(files) { sandbox in
      _ = try sandbox.run("run", "good.yaml", "--seeds", "1", "--record", "a.sqlite")
      #expect(try sandbox.run("replay", "good", "--record", "a.sqlite").code == 0)
      try Database(path: sandbox.folder + "/a.sqlite").execute("UPDATE run SET digest = '0'")
      let result = try sandbox.run("replay", "good", "--record", "a.sqlite")
      #expect(result.code == 4 && result.errors.contains("was recorded with digest 0"))
    }
  }
}
