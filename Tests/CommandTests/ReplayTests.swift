import Foundation
import Testing

/// A recorded run, told again.
@Suite struct ReplayTests {
  private static let scenario = "scenarios/rolling/never-ready-rolled-back.yaml"

  @Test func aRunIsReportedAndReplayedWithItsDigest() throws {
    try Executable.inFolder { folder in
      let record = folder + "/a.sqlite"
      let junit = folder + "/new/junit.xml"
      let run = try Executable.run([
        "run", ReplayTests.scenario, "--seeds", "1", "--record", record, "--output", "json",
        "--junit", junit,
      ])
      #expect(run.code == 0, "\(run.errors)")
      let row = try row(run.output)
      for key in ["scenario", "seed", "verdict", "score"] { #expect(row[key] != nil) }
      #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<testsuite"))

      let replay = ["replay", "1", "--record", record]
      let again = try Executable.run(replay + ["--output", "json"])
      #expect(again.code == 0, "\(again.errors)")
      #expect(try self.row(again.output)["digest"] as? String == row["digest"] as? String)
      let other = try Executable.run(replay + ["--output", "json", "--seed", "2"])
      #expect(try self.row(other.output)["digest"] as? String != row["digest"] as? String)
      let story = try Executable.run(replay)
      #expect(story.code == 0)
      #expect(story.output.contains("never-ready-rolled-back"))
    }
  }

  @Test func severalSeedsAreListedWithWhatToType() throws {
    try Sandbox.with(["s.yaml": Sandbox.scenario("short"), "web.yaml": Sandbox.web]) { sandbox in
      let none = try sandbox.run("history", "--record", "a.sqlite")
      #expect(none.code == 2 && none.errors.contains("there is no database"))
      #expect(try sandbox.run("run", "s.yaml", "--record", "a.sqlite").code == 0)
      let several = try sandbox.run("replay", "short", "--record", "a.sqlite")
      #expect(several.code == 2)
      #expect(several.errors.contains("short was run with 3 seeds in suite 1; type one of\n"))
      for seed in 1...3 {
        #expect(several.errors.contains("\n  wavetank replay short --seed \(seed)   # run "))
      }
      let chosen = try sandbox.run("replay", "short", "--seed", "3", "--record", "a.sqlite")
      #expect(chosen.code == 0 && chosen.errors.isEmpty)
      #expect(chosen.output.contains("short, seed 3: passed"))
      #expect(chosen.output.contains("deployment/web applied"))
      let other = try sandbox.run("replay", "short", "--seed", "9", "--record", "a.sqlite")
      #expect(other.code == 0 && other.errors.contains("seed 9 was not recorded"))
      let misspelt = try sandbox.run("replay", "shrot", "--record", "a.sqlite")
      #expect(misspelt.code == 2 && misspelt.errors.contains("did you mean `short`?"))
      let number = try sandbox.run("replay", "12", "--record", "a.sqlite")
      #expect(number.code == 2)
      #expect(number.errors.contains("there is no run 12; they are numbered 1 to 3, `wavetank"))
      let suite = try sandbox.run("history", "12", "--record", "a.sqlite")
      #expect(suite.code == 2 && suite.errors.contains("no suite 12; the only one is 1"))
    }
  }

  /// The only run of a document.
  private func row(_ json: String) throws -> [String: Any] {
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let rows = try #require(document?["runs"] as? [[String: Any]])
    #expect(rows.count == 1)
    return try #require(rows.first)
  }
}
