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

  /// The only run of a document.
  private func row(_ json: String) throws -> [String: Any] {
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let rows = try #require(document?["runs"] as? [[String: Any]])
    #expect(rows.count == 1)
    return try #require(rows.first)
  }
}
