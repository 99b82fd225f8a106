import ClusterAPI
import Kernel
import Units
public import World

/// What became of one recording.
public struct FidelityResult: Sendable {
  public var recording: Recording
  /// Which of the runs this is, from 1.
  public var run: UInt64 = 1
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
  public static let runCount: UInt64 = 16

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

  /// A row per family, every miss with its first difference, and the closing line.
  public static func report(_ results: [FidelityResult], latePrinted: Bool = false) -> String {
    var lines = [
      "family  recordings  sequence equal  final equal  in time  time error: median    worst"
    ]
    for family in Set(results.map(\.recording.family)).sorted() {
      let own = results.filter { $0.recording.family == family }
      let errors = own.flatMap(\.timeErrors).map(\.magnitude).sorted()
      let median = errors.isEmpty ? "-" : "\(errors[errors.count / 2].rounded3) s"
      let worst = errors.last.map { "\($0.rounded3) s" } ?? "-"
      lines.append(
        "\(family)       " + cell(own.count, 10) + cell(own.count { $0.isEqual }, 16)
          + cell(own.count { $0.isFinalEqual }, 13) + cell(own.count { $0.isInTime }, 9)
          + cell(median, 20) + cell(worst, 9))
    }
    for result in results where !result.isEqual || !result.isInTime {
      lines.append("")
      lines.append(result.recording.name)
      for (check, finding) in result.findings {
        for difference in finding.differences.prefix(3) {
          lines.append("  \(check): \(difference)")
        }
        if finding.differences.count > 3 {
          lines.append("  \(check): and \(finding.differences.count - 3) more")
        }
        if let late = finding.late.first { lines.append("  \(check), time: \(late)") }
      }
    }
    let equal = results.count { $0.isEqual }
    let percent = results.isEmpty ? 0 : Double(equal) * 1000 / Double(results.count)
    lines.append("")
    lines.append(
      "fidelity: \(equal) of \(results.count) equal, \(percent.rounded() / 10) %")
    return lines.joined(separator: "\n")
  }

  private static func cell(_ value: some CustomStringConvertible, _ width: Int) -> String {
    let text = value.description
    return String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
