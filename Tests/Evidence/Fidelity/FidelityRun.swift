import Units
public import World

/// Simulates recordings and compares.
public enum FidelityRun {
  /// How often each recording is simulated with drawn delays.
  public static let runCount = 100

  /// - Parameters:
  ///   - runs: with drawn delays, besides the one with median delays.
  ///   - stopsWhenDecided: no more of them than it takes to know whether the recording, and its end, is
  ///     equal; the shares are then of those that were made.
  public static func result(
    of recording: Recording, delays: RecordedDelays = .fitted, runs: Int = runCount,
    stopsWhenDecided: Bool = false
  ) -> FidelityResult {
    var result = FidelityResult(
      recording, median: outcome(of: script(recording, delays.withoutSpread), recording, seed: 1))
    let script = script(recording, delays)
    for run in 0..<runs {
      result.add(outcome(of: script, recording, seed: 2 + UInt64(run)))
      if stopsWhenDecided, result.isDecided(of: runs) { break }
    }
    return result
  }

  /// The results in the order of the recordings, on as many threads as there are cores.
  @concurrent public static func results(
    of recordings: [Recording], delays: RecordedDelays = .fitted, runs: Int = runCount,
    stopsWhenDecided: Bool = false
  ) async -> [FidelityResult] {
    await withTaskGroup(of: (Int, FidelityResult).self) { group in
      for (index, recording) in recordings.enumerated() {
        group.addTask {
          let result = result(
            of: recording, delays: delays, runs: runs, stopsWhenDecided: stopsWhenDecided)
          return (index, result)
        }
      }
      var results: [(Int, FidelityResult)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private static func script(
    _ recording: Recording, _ delays: RecordedDelays
  ) -> Result<RecordedScript, any Error> {
    Result { try RecordedScript(recording, latencies: latencies(recording, delays)) }
  }

  private static func outcome(
    of script: Result<RecordedScript, any Error>, _ recording: Recording, seed: UInt64
  ) -> FidelityOutcome {
    var outcome = FidelityOutcome()
    do {
      let pair = simulate(recording, try script.get(), seed: seed)
      for check in FidelityChecks.all {
        outcome.findings.append((check.name, try check.finding(pair)))
      }
    } catch {
      var finding = Finding()
      finding.differences = ["\(error)"]
      outcome.findings = [(FidelityOutcome.unreadable, finding)]
    }
    return outcome
  }

  /// As slow as the recording's machine was, in the whole and around each moment.
  static func latencies(
    _ recording: Recording, _ delays: RecordedDelays = .fitted
  ) -> Latencies {
    var latencies: Latencies =
      recording.lag.map { .recorded(lag: $0, delays) } ?? .recorded(lag: 0.04, delays)
    latencies.slowness = RecordedLag(recording).slowness(
      until: recording.duration, share: delays.localLag)
    return latencies
  }

  private static func simulate(
    _ recording: Recording, _ script: RecordedScript, seed: UInt64
  ) -> Pair {
    var world = script.world(seed: seed)
    world.run(until: .zero + .seconds(rounding: recording.duration))
    return Pair(recording: recording, journal: Journal(world), final: FinalState.of(world))
  }
}
