import Foundation
import Units
import World

/// How slow a recording's machine was at each moment, against its median lag.
///
/// Seen by the pods that were bound, and reported running, at once: neither the scheduler nor the
/// scripted kubelet had anything to wait for but the machine. Load comes and goes within seconds, and
/// whatever else goes on meanwhile is as slow.
struct RecordedLag {
  /// Seconds over which what a pod saw tells of the moments around it.
  private static let window = 3.0
  /// What is seen nowhere counts so much: as slow as the median lag.
  private static let weightOfMedian = 0.5
  /// No delay is shorter than this, in seconds.
  private static let least = 0.003

  /// The moments, in seconds, and the logarithms of what was seen over the median lag.
  private var seen: [(at: Double, logarithm: Double)] = []

  init(_ recording: Recording) {
    guard let lag = recording.lag else { return }
    let startsAtOnce = !recording.manifests.contains {
      let annotations = $0["spec"]?["template"]?["metadata"]?["annotations"]
      return annotations?["sim/start-seconds"] != nil
    }
    var since: [String: Double] = [:]
    for entry in recording.timeline {
      guard let pod = entry["pod"]?.string, let event = entry["ev"]?.string,
        let at = entry["t"]?.number
      else { continue }
      switch event {
      case "created": since[pod] = at
      case "bound":
        if let begin = since[pod] { note(at - begin, at: begin, lag) }
        since[pod] = startsAtOnce ? at : nil
      case "running":
        if let begin = since.removeValue(forKey: pod) { note(at - begin, at: begin, lag) }
      // It waits for something, or for ever.
      default: since[pod] = nil
      }
    }
  }

  private mutating func note(_ delay: Double, at: Double, _ lag: Double) {
    seen.append((at, log(max(delay, RecordedLag.least) / lag)))
  }

  /// - Parameter share: of the logarithm, that the simulated delays follow.
  func slowness(until end: Double, share: Double) -> Slowness {
    let values = (0...max(0, Int(end.rounded(.up)))).map { second in
      var (sum, weight) = (0.0, RecordedLag.weightOfMedian)
      for (at, logarithm) in seen {
        let own = exp(-(at - Double(second)).magnitude / RecordedLag.window)
        sum += own * logarithm
        weight += own
      }
      return share * sum / weight
    }
    return Slowness(values, period: .seconds(1))
  }
}
