import Control
import Units

/// `Backoff.IsInBackOffSinceUpdate` and `Next` as the image manager uses them; every pull fails.
enum ImagePullBackoff: Family {
  static let name = "image_pull_backoff"

  static func answer(to input: JSON) throws -> JSON {
    let limits = try BackOffJSON.limits(input)
    var backOff = ImagePullBackOff()
    var attempts: [JSON] = []
    for attempt in try input.elements("attemptAt") {
      let now = Instant.zero + .seconds(rounding: attempt.number ?? 0)
      let isHeld = backOff.isHeld(now, limits: limits)
      if !isHeld { backOff.failed(now, limits: limits) }
      attempts.append([
        "at": attempt, "outcome": isHeld ? "backoff" : "pullFailed",
        "backoffSeconds": BackOffJSON.seconds(backOff.entry?.delay ?? .zero),
      ])
    }
    return ["attempts": .array(attempts)]
  }
}
