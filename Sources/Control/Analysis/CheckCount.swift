public import Units

/// What a Canary's status says of its checks.
public struct CheckCount: Hashable, Sendable {
  /// When the last tick was.
  public var ticked: Timestamp
  /// `failedChecks`: of the whole revision; success never lowers it.
  public var failed = 0
  /// The check that failed last, and what it measured; nil: no data.
  public var check = ""
  public var value: Double?

  public init(ticked: Timestamp) { self.ticked = ticked }

  /// `120 3 97.2 request-success-rate`
  public var text: String {
    "\(ticked.seconds) \(failed) \(value.map { String($0) } ?? "-") \(check)"
  }

  /// nil: it is not what `text` gives.
  public init?(text: some StringProtocol) {
    let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count == 4, let ticked = Int64(words[0]), let failed = Int(words[1]) else {
      return nil
    }
    (self.ticked, self.failed) = (Timestamp(seconds: ticked), failed)
    (value, check) = (Double(words[2]), String(words[3]))
  }
}
