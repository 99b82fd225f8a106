import ClusterAPI
import Control
import Evidence
import Foundation
import Testing
import Units

/// Jumping to the next change of a result comes to the same as letting every tick happen.
@Suite struct ProbeJumpTests {
  /// Every recorded case where the recordings are there, else the committed selection.
  private func cases() throws -> [ConformanceCase] {
    let all = Places.conformance.appending(path: ProbeTimeline.name + ".jsonl")
    if FileManager.default.fileExists(atPath: all.path) {
      return try ConformanceFile(contentsOf: all).cases()
    }
    print("no recordings in \(Places.conformance.path): only the committed probe cases are tried")
    return try ConformanceFile(
      contentsOf: Places.fixtures.appending(path: ProbeTimeline.name + ".jsonl")
    ).cases()
  }

  @Test func jumpingEqualsTicking() throws {
    let cases = try cases()
    #expect(cases.count > 50)
    for each in cases {
      var ticked = try ProbedContainer(each.input)
      var jumped = ticked
      ticked.runByTicks()
      jumped.runByJumps()
      #expect(ticked.outcome == jumped.outcome, "\(each.id)")
      #expect(jumped.steps <= ticked.steps, "\(each.id)")
    }
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
