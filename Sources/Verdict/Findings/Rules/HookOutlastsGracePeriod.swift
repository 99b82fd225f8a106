import ClusterAPI

/// A preStop hook that waits as long as the grace period lasts: the program gets no time of its own to end.
enum HookOutlastsGracePeriod: FindingRule {
  static let id = "hook-outlasts-grace-period"
  static let title = "a preStop hook takes the whole grace period"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let grace = workload.spec.terminationGracePeriodSeconds
    return workload.containers.compactMap { container in
      guard workload.isLasting, let wait = seconds(of: container.preStop), wait >= grace, grace > 0,
        // Nobody means centuries.
        wait < 1 << 31
      else { return nil }
      var found = finding(
        .warning, workload.key, part: container.name,
        "the preStop hook of \(container.name) waits \(wait) s, and the grace period is \(grace) s: "
          + "SIGTERM comes when it is over, and \(container.name) is killed 2 s later")
      found.remedies = [
        .pod(
          "a grace period of \(wait + 30) s", workload.key,
          [.init("terminationGracePeriodSeconds", .integer(Int64(wait + 30)))])
      ]
      return found
    }
  }

  private static func seconds(of hook: LifecycleHandler?) -> Int? {
    switch hook {
    case .sleep(let seconds)?: return seconds
    case .exec(let command)?:
      let words =
        Container.script(of: command)?.split(whereSeparator: \.isWhitespace).map(String.init)
        ?? command
      guard words.count == 2, words[0].lastComponent == "sleep" else { return nil }
      return Int(words[1].hasSuffix("s") ? String(words[1].dropLast()) : words[1])
    default: return nil
    }
  }
}
