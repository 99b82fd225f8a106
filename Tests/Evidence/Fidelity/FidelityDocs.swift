public import Foundation
import World

/// The measured part of `docs/fidelity.md`: between two marks, written anew by `make fidelity`.
public enum FidelityDocs {
  static let begin = "<!-- measured: written by make fidelity -->"
  static let end = "<!-- end of what is measured -->"

  /// - Throws: when the page has no marks.
  public static func update(_ page: URL, _ results: [FidelityResult]) throws {
    let text = try String(contentsOf: page, encoding: .utf8)
    guard let from = text.range(of: begin), let to = text.range(of: end) else {
      throw EvidenceError("\(page.path) has no marks for what is measured")
    }
    let new =
      text[..<from.upperBound] + "\n\n" + measured(results) + "\n\n" + text[to.lowerBound...]
    if new != text { try new.write(to: page, atomically: true, encoding: .utf8) }
  }

  private static func measured(_ results: [FidelityResult]) -> String {
    let fitting = FidelityReport(results.filter(\.recording.isForFitting))
    let validation = FidelityReport(results.filter { !$0.recording.isForFitting })
    let misses = results.filter { !$0.isEqual || !$0.isInTime }.map { result in
      "- `\(result.recording.name)` (\(result.counts)) \(result.miss?.misses.first ?? "")"
    }
    let rare = results.filter { $0.isEqual && $0.isInTime && $0.share < 0.5 }.map { result in
      "`\(result.recording.name)` \(FidelityReport.percent(result.share))"
    }
    return """
      All recordings:

      \(FidelityReport(results).markdown)

      The half that the delays were fitted to:

      \(fitting.markdown)

      The half that validates:

      \(validation.markdown)

      Fitted delays (`RecordedDelays`; a share of the recording's lag and a constant):

      \(delays(.fitted))

      What is not equal, or not in time, with the first difference of the run with median delays or, if
      that one is equal and in time, of the first that is not:

      \(misses.joined(separator: "\n"))

      Equal, but in less than half of the runs: \(rare.joined(separator: ", ")).
      """
  }

  private static func delays(_ delays: RecordedDelays) -> String {
    let rows: [(String, RecordedDelays.Delay)] = [
      ("watch", delays.watch), ("watch, spread", delays.watchJitter),
      ("request, each way (median)", delays.request),
      ("service of a write (median)", delays.service), ("status report", delays.status),
    ]
    var lines = ["| Delay | Share of the lag | Constant |", "| --- | --- | --- |"]
    lines += rows.map { "| \($0.0) | \($0.1.share) | \($0.1.constant) s |" }
    lines.append("")
    lines.append(
      "99th percentile of a request: \(delays.requestTail) medians; of its service: "
        + "\(delays.serviceTail) medians. A lag counts up to \(delays.lagMax) s, divided by "
        + "1 + \(delays.lagDamping) times itself. All delays that begin at a moment are longer by the "
        + "lag around it over the median lag, to the power of \(delays.localLag).")
    return lines.joined(separator: "\n")
  }
}
