import ClusterAPI

/// The first process of a container ignores SIGTERM: each end takes the whole grace period.
enum SignalIgnored: FindingRule {
  static let id = "signal-ignored"
  static let title = "a container ignores SIGTERM and is killed at the end of its grace period"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let grace = workload.spec.terminationGracePeriodSeconds
    guard workload.isLasting, grace > 5,
      // Then the pause process is the first one, and the signal ends the program.
      workload.unmodelled.first(where: { $0.path.hasSuffix(".shareProcessNamespace") })?.value
        != .bool(true)
    else { return [] }
    return workload.containers.compactMap { container in
      guard let words = ignoring(container) else { return nil }
      var found = finding(
        .warning, workload.key, part: container.name,
        "\(words) as the first process of \(container.name) ignores SIGTERM: every end of a pod takes "
          + "\(grace) s")
      found.figures = [.init("end of a pod", "\(grace) s")]
      found.remedies = [
        .pod(
          "a grace period of 1 s", workload.key,
          [.init("terminationGracePeriodSeconds", .integer(1))])
      ]
      return found
    }
  }

  /// The program that has no handler of the signal; nil: it may have one.
  ///
  /// The kernel does not apply the default action of a signal to process 1.
  private static func ignoring(_ container: Container) -> String? {
    guard let program = container.program else { return nil }
    if isDeaf(container.words) { return "`\(program)`" }
    guard let script = container.script?.trimmed, !script.contains("trap"),
      !script.contains("exec ")
    else { return nil }
    let last = script.split(whereSeparator: { ";&|\n".contains($0) }).last?.trimmed ?? ""
    // A shell replaces itself by its last command; a loop it runs itself.
    if last == "done" || last.hasPrefix("done ") { return "`\(program)` in a loop" }
    let words = last.split(whereSeparator: \.isWhitespace).map(String.init)
    return isDeaf(words) ? "`\(words[0].lastComponent)`" : nil
  }

  private static func isDeaf(_ words: [String]) -> Bool {
    guard let first = words.first?.lastComponent else { return false }
    if first == "sleep" { return true }
    return first == "tail"
      && words.dropFirst().contains {
        $0 == "--follow" || ($0.hasPrefix("-") && $0.lowercased().contains("f"))
      }
  }
}
