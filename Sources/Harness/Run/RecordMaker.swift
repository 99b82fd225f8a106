import ClusterAPI
import Kernel
import Recording
import Units
import Verdict
import World

/// Puts what a run came to into its record; times count from the scenario's start.
struct RecordMaker {
  let plan: Plan
  let seed: UInt64

  func shift(_ instant: Instant) -> Instant { Instant.zero + (instant - plan.start) }

  func record(_ world: borrowing World, _ trace: RunTrace, _ verdict: RunVerdict) -> RunRecord {
    let isInconclusive =
      verdict.findings.contains { $0.result == .inconclusive }
      && !verdict.findings.contains { $0.result == .broken }
    var record = RunRecord(
      scenario: plan.scenario.name, seed: seed,
      verdict: verdict.passed ? .passed : isInconclusive ? .inconclusive : .failed,
      score: verdict.score.value, digest: world.digest.description,
      changeAt: shift(plan.changeAt), quietFrom: shift(plan.quietFrom), end: shift(plan.end))
    record.scoreParts = verdict.score.parts.map {
      .init(name: $0.name, points: $0.points, detail: $0.detail)
    }
    record.outcome = verdict.settlement?.outcome.rawValue
    record.pending = verdict.settlement?.pending.map(\.words) ?? []
    record.settled = verdict.settlement?.at.map { $0 - plan.changeAt }
    record.detection = verdict.detection
    record.restoration = verdict.restoration
    record.events = world.eventCount
    record.requests = verdict.harm.requests
    record.failed = verdict.harm.failed
    record.slow = verdict.harm.slow
    record.belowMinimum = verdict.harm.belowMinimum
    record.podSeconds = verdict.harm.podSeconds
    record.findings = verdict.findings.map {
      .init(name: $0.name, result: $0.result.rawValue, at: $0.at.map(shift), detail: $0.detail)
    }
    record.defects = (verdict.settlement?.outcome == .promoted ? [] : verdict.defects ?? []).map {
      .init(object: $0.object, path: $0.path, expected: $0.expected, found: $0.found)
    }
    record.decisions = verdict.decisions.map {
      .init(
        at: shift($0.taken.at), decision: $0.taken.decision, taken: $0.taken.taken,
        harm: $0.harm.total, otherHarm: $0.other?.harm.total, rating: $0.rating.rawValue)
    }
    record.timeline = trace.timeline.filter { $0.at >= plan.start }.map {
      TimelineEntry(at: shift($0.at), happening: $0.happening)
    }
    record.faults = plan.scenario.faults.sorted { $0.at < $1.at }
      .map { RunRecord.Fault($0, end: record.end) }
    record.pods = trace.pods.map(\.name)
    record.nodes = plan.scenario.nodePools.flatMap { $0.nodes.map(\.name) }
    record.series = ready(trace) + seen(trace) + measured(trace)
    return record
  }
}
