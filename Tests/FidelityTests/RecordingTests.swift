import Foundation
import Testing

@testable import Evidence

/// Recordings of a real control plane: a committed selection, and all of them where they are there.
@Suite struct RecordingTests {
  static let committed = Places.packageRoot.appending(path: "Tests/Fixtures/fidelity")

  static let names: [String] = {
    let recordings = (try? Recording.all(in: committed)) ?? []
    return recordings.map(\.name)
  }()

  @Test(arguments: names)
  func aCommittedRecordingIsReproduced(name: String) throws {
    let recording = try Recording(
      contentsOf: RecordingTests.committed.appending(path: name + ".json"))
    let report = FidelityReport([FidelityRun.result(of: recording, stopsWhenDecided: true)])
    #expect(report.isMet, "\(report.text)")
  }

  @Test func everyFamilyIsCommitted() {
    #expect(Set(RecordingTests.names.compactMap(\.first)) == Set("abcdefghij"))
  }

  @Test func allOfThemAreReproducedAndEachMissIsExplained() async throws {
    guard FileManager.default.fileExists(atPath: Places.fidelity.path) else {
      let words = "NOT CHECKED: \(Places.fidelity.path) is absent; set FIDELITY_DIR\n"
      FileHandle.standardError.write(Data(words.utf8))
      return
    }
    // Without optimization all runs of `make fidelity` would take minutes.
    let results = await FidelityRun.results(
      of: try Recording.all(in: Places.fidelity), runs: 20, stopsWhenDecided: true)
    let report = FidelityReport(results)
    #expect(report.isMet, "\(report.text)")
    let page = try String(
      contentsOf: Places.packageRoot.appending(path: "docs/fidelity.md"), encoding: .utf8)
    for result in results where !result.isEqual {
      #expect(page.contains("`\(result.recording.name)`"), "\(result.recording.name)")
    }
  }
}

/// The comparison itself must notice what is wrong, else its green says nothing.
@Suite struct ComparisonTests {
  private func recording(_ name: String) throws -> Recording {
    try Recording(contentsOf: RecordingTests.committed.appending(path: name + ".json"))
  }

  /// The checks that the run with median delays fails.
  private func broken(_ recording: Recording) -> [String] {
    FidelityRun.result(of: recording, runs: 0).median.findings
      .filter { !$0.finding.differences.isEmpty }.map(\.check)
  }

  @Test func aMissingStateIsNoticed() throws {
    var recording = try recording("a-n4-s25pct-u25pct-r5-m0")
    recording.settled.remove(at: 1)
    #expect(broken(recording).contains("replica counts"))
  }

  @Test func anotherConditionIsNoticed() throws {
    var recording = try recording("b-stall-n3-s25pct-u25pct-pds12")
    recording.timeline = recording.timeline.map { entry in
      let text = entry.description.replacing("ProgressDeadlineExceeded", with: "Progressing")
      return (try? JSON(parsing: text)) ?? entry
    }
    #expect(broken(recording).contains("conditions"))
  }

  @Test func anotherEndIsNoticed() throws {
    var recording = try recording("a-n4-s25pct-u25pct-r5-m0")
    let text = recording.final.description.replacing("\"available\":4", with: "\"available\":3")
    recording.final = try JSON(parsing: text)
    #expect(broken(recording) == ["final state"])
  }

  @Test func anotherAnswerOfTheEvictionAPIIsNoticed() throws {
    var recording = try recording("f-evict-unready")
    recording.timeline.removeAll { $0["evict"] != nil && $0["code"]?.int == 201 }
    #expect(broken(recording).contains("evictions"))
  }

  @Test func anotherPlacementIsNoticed() throws {
    var recording = try recording("h-spread-mindomains")
    recording.timeline = recording.timeline.map { entry in
      let text = entry.description.replacing("topology spread", with: "typology spread")
      return (try? JSON(parsing: text)) ?? entry
    }
    #expect(broken(recording).contains("placement"))
  }

  @Test func anotherChoiceOfPodsIsNoticed() throws {
    var recording = try recording("e-pending-first")
    // Claims that a running pod was taken while pods without a node were left.
    recording.timeline.append(["t": 15.5, "pod": "p0", "ev": "terminating"])
    let snapshot = try #require(recording.timeline.firstIndex { $0["snapshot"] != nil })
    recording.timeline.insert(["t": 8.05, "pod": "p0", "ev": "terminating"], at: snapshot + 1)
    #expect(broken(recording).contains("scale-down"))
  }

  @Test func aTimeBeyondTheToleranceIsNoticed() throws {
    var recording = try recording("a-n4-s25pct-u25pct-r5-m0")
    for index in recording.settled.indices.dropFirst() { recording.settled[index].at += 3 }
    let result = FidelityRun.result(of: recording, runs: 0)
    #expect(result.isEqual)
    #expect(!result.isInTime)
  }

  @Test func anUnknownActionIsSaid() throws {
    var recording = try recording("a-n4-s25pct-u25pct-r5-m0")
    recording.script.append(["at": 30, "action": "pray"])
    let result = FidelityRun.result(of: recording, runs: 0)
    #expect(result.median.misses == ["reading: a script has the unknown action \"pray\""])
  }
}

/// When a recording counts as equal.
@Suite struct CriterionTests {
  private func result(equal: Int, of runs: Int, medianIsEqual: Bool = false) throws
    -> FidelityResult
  {
    let recording = try Recording(
      contentsOf: RecordingTests.committed.appending(path: "a-n1-s0-u1-r5-m3.json"))
    var result = FidelityResult(recording, median: outcome(isEqual: medianIsEqual))
    for run in 0..<runs { result.add(outcome(isEqual: run < equal)) }
    return result
  }

  private func outcome(isEqual: Bool) -> FidelityOutcome {
    var finding = Finding()
    if !isEqual { finding.differences = ["another sequence"] }
    var outcome = FidelityOutcome()
    outcome.findings = [("replica counts", finding)]
    return outcome
  }

  @Test func oneRunInTwentyMustBeEqual() throws {
    #expect(try result(equal: 5, of: 100).isEqual)
    #expect(try !result(equal: 4, of: 100, medianIsEqual: true).isEqual)
  }

  @Test func withoutDrawnRunsTheOneWithMedianDelaysDecides() throws {
    #expect(try result(equal: 0, of: 0, medianIsEqual: true).isEqual)
    #expect(try !result(equal: 0, of: 0).isEqual)
  }

  @Test func aDecisionIsFinal() throws {
    #expect(try result(equal: 5, of: 5).isDecided(of: 100))
    #expect(try !result(equal: 4, of: 5).isDecided(of: 100))
    #expect(try !result(equal: 0, of: 95).isDecided(of: 100))
    #expect(try result(equal: 0, of: 96).isDecided(of: 100))
  }

  @Test func fewerRunsDecideLikeAll() throws {
    let name = "d-scale-12to11-s3-u2-at2.5"
    let recording = try Recording(
      contentsOf: RecordingTests.committed.appending(path: name + ".json"))
    let short = FidelityRun.result(of: recording, runs: 20, stopsWhenDecided: true)
    let whole = FidelityRun.result(of: recording, runs: 20)
    #expect(short.isEqual == whole.isEqual)
    #expect(short.runs <= whole.runs)
  }
}
