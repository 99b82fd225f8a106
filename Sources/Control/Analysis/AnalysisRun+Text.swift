import ClusterAPI
import Units

// As it is stored: words with blanks between them, one group for the run and one for each metric.
extension AnalysisRun {
  /// `Running 8;Running 2 2 0 0 0 0 2 Successful 12;-`
  public var text: String {
    let head = [
      phase.rawValue, startedAt.map { String($0.seconds) } ?? "-", worst.map { String($0) } ?? "-",
    ]
    let groups = results.map { result -> String in
      guard let result else { return "-" }
      let counts = [
        result.count, result.successful, result.failed, result.inconclusive, result.errors,
        result.consecutiveErrors, result.consecutiveSuccesses,
      ]
      return
        ([result.phase.rawValue] + counts.map { String($0) } + [
          result.last.rawValue, String(result.lastFinished.seconds),
        ]).joined(separator: " ")
    }
    return ([head.joined(separator: " ")] + groups).joined(separator: ";")
  }

  /// nil: it is not what `text` gives.
  public init?(text: some StringProtocol) {
    let groups = text.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.split(separator: " ")
    }
    guard let head = groups.first, head.count == 3,
      let phase = AnalysisPhase(rawValue: String(head[0]))
    else { return nil }
    self.init(metrics: groups.count - 1)
    self.phase = phase
    startedAt = Int64(head[1]).map { Timestamp(seconds: $0) }
    worst = Int(head[2])
    for (index, words) in groups.dropFirst().enumerated() where words != ["-"] {
      let counts = words.dropFirst().dropLast(2).compactMap { Int($0) }
      guard words.count == 10, counts.count == 7,
        let phase = AnalysisPhase(rawValue: String(words[0])),
        let last = AnalysisPhase(rawValue: String(words[8])), let finished = Int64(words[9])
      else { return nil }
      var result = Result(lastFinished: Timestamp(seconds: finished))
      (result.phase, result.last) = (phase, last)
      (result.count, result.successful, result.failed) = (counts[0], counts[1], counts[2])
      (result.inconclusive, result.errors) = (counts[3], counts[4])
      (result.consecutiveErrors, result.consecutiveSuccesses) = (counts[5], counts[6])
      results[index] = result
    }
  }
}
