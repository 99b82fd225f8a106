import ClusterAPI
import Control
import Evidence
import Foundation
import Testing
import Units

/// Jumping to the next change of a result comes to the same as letting every tick happen.
@Suite struct ProbeJumpTests {
  private static let committed = Places.fixtures.appending(path: ProbeTimeline.name + ".jsonl")
  private static let recorded = Places.conformance.appending(path: ProbeTimeline.name + ".jsonl")

  /// False with a loud note where the recordings are not there.
  private static let isRecorded: Bool = {
    let isThere = FileManager.default.fileExists(atPath: recorded.path)
    if !isThere {
      let note = "NOT CHECKED: \(recorded.path) is absent; set CONFORMANCE_DIR to check all of it\n"
      FileHandle.standardError.write(Data(note.utf8))
    }
    return isThere
  }()

  @Test func jumpingEqualsTickingInTheCommittedCases() throws {
    #expect(try compare(Self.committed) > 40)
  }

  @Test(.enabled(if: isRecorded, "no recordings: set CONFORMANCE_DIR"))
  func jumpingEqualsTickingInEveryRecordedCase() throws {
    #expect(try compare(Self.recorded) > 250)
  }

  /// Runs the cases of a file by ticks and by jumps; both must come to what was recorded.
  ///
  /// - Returns: the number of cases.
  private func compare(_ file: URL) throws -> Int {
    let file = try ConformanceFile(contentsOf: file)
    let cases = try file.cases()
    #expect(cases.count == file.count)
    var (jumps, ticks) = (0, 0)
    for each in cases {
      var ticked = try ProbedContainer(each.input)
      var jumped = ticked
      ticked.runByTicks()
      jumped.runByJumps()
      #expect(ticked.outcome == jumped.outcome, "\(each.id)")
      var members = each.expected.object ?? [:]
      members["probeRuns"] = nil
      let differences = try ProbeTimeline.differences(
        input: each.input, expected: .object(members), actual: jumped.outcome)
      #expect(differences.isEmpty, "\(each.id)")
      #expect(jumped.steps <= ticked.steps, "\(each.id)")
      (jumps, ticks) = (jumps + jumped.steps, ticks + ticked.steps)
    }
    // Jumping is what it is for: most ticks change nothing.
    #expect(jumps < ticks / 2, "\(jumps) steps instead of \(ticks)")
    return cases.count
  }

  private static let rules = ProbeRules(
    startup: ProbeRule(
      initialDelaySeconds: 0, period: .seconds(1), timeout: .seconds(1), successThreshold: 1,
      failureThreshold: 30),
    readiness: ProbeRule(
      initialDelaySeconds: 0, period: .seconds(5), timeout: .seconds(1), successThreshold: 2,
      failureThreshold: 3),
    liveness: ProbeRule(
      initialDelaySeconds: 0, period: .seconds(10), timeout: .seconds(1), successThreshold: 1,
      failureThreshold: 3))

  /// Fails until a moment, then succeeds, or fails again from another moment on.
  private struct Process: ProbeOutlook {
    var listens: Instant
    var hangs = Instant.never

    func probe(_ kind: ProbeKind, at: Instant) -> (ProbeOutcome, Span)? {
      if at >= hangs { return (.timeout, .seconds(1)) }
      return (at < listens ? .failure : .success, .milliseconds(1))
    }

    func changes(_ kind: ProbeKind, after at: Instant) -> Instant {
      at < listens ? listens : at < hangs ? hangs : .never
    }
  }

  private func at(_ ms: Int64) -> Instant { .zero + .milliseconds(ms) }

  /// Lets a container start at 300 ms and follows its probes from change to change.
  private func changes(_ process: Process, until limit: Instant) -> [String] {
    var probes = ContainerProbes(Self.rules, at: .zero)
    var process = process
    probes.containerStarts(at: at(300))
    probes.sync(Self.rules, at: at(300))
    var seen: [String] = []
    while true {
      let next = probes.nextChange(Self.rules, process)
      if next > limit { return seen }
      probes.advance(Self.rules, &process, before: next)
      while probes.due == next {
        for change in probes.step(Self.rules, &process) {
          seen.append("\(next.ns / 1_000_000) \(change.kind) \(change.result)")
          probes.sync(Self.rules, at: next)
        }
      }
    }
  }

  @Test func aHealthyContainerChangesNothingMore() {
    let seen = changes(Process(listens: at(3500)), until: .zero + .hours(1000))
    // Started at the first tick after 3.5 s. That sync asks for a readiness probe, and the sync
    // after its first look at the container for a second one.
    #expect(
      seen == [
        "1000 startup unknown", "4001 startup success", "4001 readiness failure",
        "4003 readiness success", "10000 liveness success",
      ])
  }

  @Test func aHangIsFoundAfterAnyTime() {
    let hour: Int64 = 3_600_000
    let seen = changes(Process(listens: at(3500), hangs: at(hour + 1)), until: at(2 * hour))
    // Readiness ticks every 5 s from 4.002 s on, liveness every 10 s from the pod's start.
    #expect(
      seen.suffix(2) == [
        "\(hour + 15_002) readiness failure", "\(hour + 31_000) liveness failure",
      ])
  }
}
