/// How one simulated run compares with its recording.
public struct FidelityOutcome: Sendable {
  /// The check under which the reason stands why a recording cannot be simulated.
  static let unreadable = "reading"

  public var findings: [(check: String, finding: Finding)] = []

  public var isEqual: Bool { findings.allSatisfy { $0.finding.differences.isEmpty } }
  public var isFinalEqual: Bool {
    findings.allSatisfy {
      ($0.check != FinalCheck.name && $0.check != FidelityOutcome.unreadable)
        || $0.finding.differences.isEmpty
    }
  }
  public var isInTime: Bool { findings.allSatisfy { $0.finding.late.isEmpty } }
  public var timeErrors: [Double] { findings.flatMap(\.finding.timeErrors) }

  /// The first differences of each check, and the first moment out of time.
  public var misses: [String] {
    var lines: [String] = []
    for (check, finding) in findings {
      lines += finding.differences.prefix(3).map { "\(check): \($0)" }
      if finding.differences.count > 3 {
        lines.append("\(check): and \(finding.differences.count - 3) more")
      }
      if let late = finding.late.first { lines.append("\(check), time: \(late)") }
    }
    return lines
  }
}

/// What became of one recording: a run in which every delay is its median, and runs that differ in the
/// drawn delays alone.
///
/// The recorded sequence is one sample of what the real control plane does. It counts as equal when it
/// is no outlier of what the simulator predicts: when at least one in twenty of the drawn runs is equal
/// to it in every check at once.
public struct FidelityResult: Sendable {
  /// Of the drawn runs that must be alike.
  public static let shareMin = 0.05

  public var recording: Recording
  public var median: FidelityOutcome
  public private(set) var runs = 0
  /// Drawn runs that are equal in every check, that end alike, and that are equal and in time.
  public private(set) var equal = 0
  public private(set) var finalEqual = 0
  public private(set) var equalInTime = 0
  /// A run that is not equal and in time, if there is one: the one with median delays before drawn ones.
  public private(set) var miss: FidelityOutcome?

  init(_ recording: Recording, median: FidelityOutcome) {
    self.recording = recording
    self.median = median
    if !median.isEqual || !median.isInTime { miss = median }
  }

  mutating func add(_ outcome: FidelityOutcome) {
    runs += 1
    if outcome.isEqual { equal += 1 }
    if outcome.isFinalEqual { finalEqual += 1 }
    if outcome.isEqual, outcome.isInTime { equalInTime += 1 } else { miss = miss ?? outcome }
  }

  /// Of the drawn runs; without any, the one with median delays decides.
  public var share: Double { share(equal, median.isEqual) }
  public var isEqual: Bool { share >= FidelityResult.shareMin }
  public var isFinalEqual: Bool {
    share(finalEqual, median.isFinalEqual) >= FidelityResult.shareMin
  }
  public var isInTime: Bool {
    share(equalInTime, median.isEqual && median.isInTime) >= FidelityResult.shareMin
  }

  private func share(_ count: Int, _ ofMedian: Bool) -> Double {
    runs == 0 ? (ofMedian ? 1 : 0) : Double(count) / Double(runs)
  }

  /// The share as if half a run more had been equal and half a run not: never 0, so that it has a
  /// logarithm.
  var smoothedShare: Double { (Double(equal) + 0.5) / Double(runs + 1) }

  /// Whether the runs so far settle what all of them will say of the sequence and of the end.
  func isDecided(of all: Int) -> Bool {
    [equal, finalEqual].allSatisfy { count in
      Double(count) >= FidelityResult.shareMin * Double(all)
        || Double(count + all - runs) < FidelityResult.shareMin * Double(all)
    }
  }
}
