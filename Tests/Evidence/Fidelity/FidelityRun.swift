import ClusterAPI
import Kernel
import Units
public import World

/// What became of one recording.
public struct FidelityResult: Sendable {
  public var recording: Recording
  /// Which of the runs this is, from 1.
  public var run: UInt64 = 1
  public var isFirst: Bool { run == 1 }
  /// By check; a recording that cannot be reproduced has the reason under "reading".
  public var findings: [(check: String, finding: Finding)] = []

  public var isEqual: Bool { findings.allSatisfy { $0.finding.differences.isEmpty } }
  public var isFinalEqual: Bool {
    findings.allSatisfy { $0.check != FinalCheck.name || $0.finding.differences.isEmpty }
      && !findings.contains { $0.check == "reading" }
  }
  public var isInTime: Bool { findings.allSatisfy { $0.finding.late.isEmpty } }
  public var timeErrors: [Double] { findings.flatMap(\.finding.timeErrors) }
}

/// Simulates recordings and compares.
public enum FidelityRun {
  /// Runs of each recording at most, which differ in the drawn delays alone.
  public static let runCount: UInt64 = 32

  /// Simulates until a run is equal to the recording, and in time; else the first run that is equal
  /// counts, and at last the first of all.
  public static func result(
    of recording: Recording, delays: RecordedDelays = .fitted
  ) -> FidelityResult {
    var chosen: FidelityResult?
    for seed in 1...runCount {
      var next = result(of: recording, seed: seed, delays)
      next.run = seed
      if next.isEqual, next.isInTime { return next }
      if chosen == nil || (next.isEqual && chosen?.isEqual == false) { chosen = next }
    }
    guard let chosen else { preconditionFailure("a recording is simulated at least once") }
    return chosen
  }

  static func result(
    of recording: Recording, seed: UInt64, _ delays: RecordedDelays
  ) -> FidelityResult {
    var result = FidelityResult(recording: recording)
    do {
      let latencies = latencies(recording, delays)
      let pair = try simulate(recording, latencies: latencies, seed: seed)
      for check in FidelityChecks.all {
        result.findings.append((check.name, try check.finding(pair)))
      }
    } catch {
      var finding = Finding()
      finding.differences = ["\(error)"]
      result.findings = [("reading", finding)]
    }
    return result
  }

  static func latencies(
    _ recording: Recording, _ delays: RecordedDelays = .fitted
  ) -> Latencies {
    recording.lag.map { .recorded(lag: $0, delays) } ?? .recorded(lag: 0.04, delays)
  }

  public static func simulate(
    _ recording: Recording, latencies: Latencies, seed: UInt64
  ) throws -> Pair {
    let script = try RecordedScript(recording, latencies: latencies, seed: seed)
    var world = script.world()
    world.run(until: .zero + .seconds(rounding: recording.duration))
    return Pair(recording: recording, journal: Journal(world), final: FinalState.of(world))
  }
}
