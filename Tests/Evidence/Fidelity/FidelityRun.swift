import ClusterAPI
import Kernel
import Units
public import World

/// What became of one recording.
public struct FidelityResult: Sendable {
  public var recording: Recording
  /// Whether the run with median delays is equal.
  public var isEqualAtOnce = false
  /// By check; a recording that cannot be reproduced has the reason under "reading".
  public var findings: [(check: String, finding: Finding)] = []

  public var isEqual: Bool { findings.allSatisfy { $0.finding.differences.isEmpty } }
  public var isFinalEqual: Bool {
    findings.allSatisfy { $0.check != FinalCheck.name || $0.finding.differences.isEmpty }
      && !findings.contains { $0.check == "reading" }
  }
  public var isInTime: Bool { findings.allSatisfy { $0.finding.late.isEmpty } }
  static let rankMax = 3
  /// How near it is: 3 equal and in time, 2 equal, 1 with an equal end, 0 none of it.
  var rank: Int { isEqual ? (isInTime ? 3 : 2) : (isFinalEqual ? 1 : 0) }
  public var timeErrors: [Double] { findings.flatMap(\.finding.timeErrors) }
}

/// Simulates recordings and compares.
public enum FidelityRun {
  /// Runs of each recording at most: one in which every delay is its median, then such as differ in the
  /// drawn delays alone.
  public static let runCount: UInt64 = 32

  /// Simulates until a run is equal to the recording, and in time; else the best run counts: equal, then
  /// with an equal end, then the first.
  public static func result(
    of recording: Recording, delays: RecordedDelays = .fitted, runs: UInt64 = runCount
  ) -> FidelityResult {
    var best = result(of: recording, seed: 1, delays.withoutSpread)
    let isEqualAtOnce = best.isEqual
    var seed: UInt64 = 1
    while seed < runs, best.rank < FidelityResult.rankMax {
      seed += 1
      let next = result(of: recording, seed: seed, delays)
      if next.rank > best.rank { best = next }
    }
    best.isEqualAtOnce = isEqualAtOnce
    return best
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
