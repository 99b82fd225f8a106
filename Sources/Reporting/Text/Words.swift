public import ClusterAPI
public import Units

/// Figures with units, as people read them.
public enum Words {
  /// `4 ms`, `12.3 s`, `2 min 05 s`, `1 h 20 min`.
  public static func span(_ span: Span) -> String {
    let ms = span.ns / 1_000_000
    if ms < 1000 { return "\(ms) ms" }
    let tenths = (ms + 50) / 100
    if tenths < 1200 { return "\(tenths / 10).\(tenths % 10) s" }
    let seconds = (ms + 500) / 1000
    if seconds < 7200 { return "\(seconds / 60) min \(two(seconds % 60)) s" }
    return "\(seconds / 3600) h \(two(seconds / 60 % 60)) min"
  }

  /// Time since the scenario's start: `+1:18.2`.
  public static func time(_ instant: Instant) -> String {
    let sign = instant.ns < 0 ? "-" : "+"
    let tenths = abs(instant.ns) / 100_000_000
    let seconds = tenths / 10
    let tail = "\(two(seconds % 60)).\(tenths % 10)"
    if seconds < 3600 { return "\(sign)\(seconds / 60):\(tail)" }
    return "\(sign)\(seconds / 3600):\(two(seconds / 60 % 60)):\(tail)"
  }

  /// `0.42 %`; four digits below a hundredth of a per cent.
  public static func percent(_ ratio: Ratio) -> String {
    let digits = ratio.ppm == 0 ? 0 : ratio.ppm < 100 ? 4 : ratio.ppm % 10_000 == 0 ? 0 : 2
    let scaled = String(10_000 + ratio.ppm % 10_000).dropFirst().prefix(digits)
    return digits == 0 ? "\(ratio.ppm / 10_000) %" : "\(ratio.ppm / 10_000).\(scaled) %"
  }

  /// `1,204`
  public static func count(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// `1 pod`, `3 pods`
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Words {
  /// Why something was decided, with its figures.
  public static func reason(_ reason: Reason) -> String {
    switch reason {
    case .progressDeadlineExceeded(let deadline, let updated, let available, let wanted):
      return "no progress within progressDeadlineSeconds (\(deadline) s): \(updated) of \(wanted) "
        + "pods updated, \(available) available"
    case .crashLooping(let pods, let restarts, let threshold):
      return "\(count(pods, "pod")) of the new revision restarted \(restarts) times "
        + "(threshold \(threshold))"
    case .errorRatioExceeded(let service, let measured, let threshold, let window, let requests):
      return "\(percent(measured)) of \(count(requests)) requests to \(service.description) failed "
        + "within \(span(window)) (objective \(percent(threshold)))"
    case .latencyExceeded(
      let service, let quantile, let measured, let threshold, let window, let requests):
      return "\(percent(quantile)) latency quantile of \(count(requests)) requests to "
        + "\(service.description) is \(span(measured)) within \(span(window)) "
        + "(objective \(span(threshold)))"
    case .rolloutHealthy(let available, let wanted, let watched):
      return "\(available) of \(wanted) pods available and all objectives held for \(span(watched))"
    case .restoredHealthy(let revision, let available, let took):
      return "revision \(revision) is complete again with \(count(available, "pod")) after "
        + span(took)
    case .noEarlierRevision: return "there is no earlier revision to return to"
    }
  }

  public static func option(_ option: DecisionOption) -> String {
    switch option {
    case .promote: "promote"
    case .rollBack: "roll back"
    case .wait: "wait"
    }
  }

  /// What was decided and why.
  public static func decision(_ decision: Decision, taken: DecisionOption) -> String {
    "\(decision.subject.description) revision \(decision.revision): \(option(taken)), because "
      + reason(decision.reason)
  }

  /// How a run ended.
  public static func outcome(_ outcome: String?) -> String {
    switch outcome {
    case nil: "-"
    case "rolledBack": "rolled back"
    case .some(let word): word
    }
  }
}
