import Control
import Units

/// `flowcontrol.Backoff` as `kubelet.doBackOff` uses it.
enum CrashloopBackoff: Family {
  static let name = "crashloop_backoff"

  static func answer(to input: JSON) throws -> JSON {
    let limits = try BackOffJSON.limits(input, resetAfter: try input.number("resetAfterSeconds"))
    var backOff = CrashLoopBackOff()
    var start = Instant.zero
    var exits: [JSON] = []
    for run in try input.elements("runSeconds") {
      // The recording cut the nanoseconds of a run off, as Go's conversion to Duration does.
      let exit = start + Span(ns: Int64((run.number ?? 0) * 1e9))
      let restart = backOff.restart(after: exit, limits: limits)
      backOff.restarted(after: exit, now: restart, limits: limits)
      exits.append([
        "startedAt": BackOffJSON.seconds(start), "exitedAt": BackOffJSON.seconds(exit),
        "waitSeconds": BackOffJSON.seconds(restart - exit),
        "backoffAfterSeconds": BackOffJSON.seconds(backOff.entry?.delay ?? .zero),
      ])
      start = restart
    }
    return ["exits": .array(exits)]
  }
}
