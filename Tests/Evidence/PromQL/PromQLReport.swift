/// The results of all scripts, as text.
public enum PromQLReport {
  /// One line per script and below it the failures with their reasons.
  public static func text(_ result: PromQLScriptResult) -> String {
    let name = result.name + String(repeating: " ", count: max(1, 34 - result.name.count))
    var lines = [
      "\(name)passed \(padded(result.passedCount))  failed \(padded(result.failures.count))"
        + "  left out \(padded(result.leftOutCount))"
    ]
    for failure in result.failures {
      lines.append("  line \(failure.lineNumber): \(failure.query)")
      lines += failure.reason.split(separator: "\n").prefix(6).map { "    \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  /// The share of the cases that count, rounded down to tenths of a per cent.
  public static func summary(_ results: [PromQLScriptResult]) -> String {
    let passed = results.reduce(0) { $0 + $1.passedCount }
    let counted = results.reduce(0) { $0 + $1.caseCount }
    let leftOut = results.reduce(0) { $0 + $1.leftOutCount }
    let tenths = counted == 0 ? 0 : passed * 1000 / counted
    return """
      \(counted + leftOut) eval cases, of which \(leftOut) read native histograms and are left out
      promql: \(passed) of \(counted) eval cases passed, \(tenths / 10).\(tenths % 10) %
      """
  }

  /// Whether at least 95 % of the cases that count passed.
  public static func isGoodEnough(_ results: [PromQLScriptResult]) -> Bool {
    let passed = results.reduce(0) { $0 + $1.passedCount }
    let counted = results.reduce(0) { $0 + $1.caseCount }
    return counted > 0 && passed * 100 >= counted * 95
  }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, 4 - text.count)) + text
  }
}
