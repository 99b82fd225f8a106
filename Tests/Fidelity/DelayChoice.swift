import Evidence
import Foundation
import World

/// Other delays than the fitted ones, for a search: `FIDELITY_DELAYS=watch=0.3,watch0=0.001,...`.
enum DelayChoice {
  static func fromEnvironment() throws -> RecordedDelays {
    var delays = RecordedDelays.fitted
    let text = ProcessInfo.processInfo.environment["FIDELITY_DELAYS"] ?? ""
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=")
      guard parts.count == 2, let value = Double(parts[1]), let path = places[String(parts[0])]
      else { throw EvidenceError("FIDELITY_DELAYS has the unknown part \(pair)") }
      path(&delays, value)
    }
    return delays
  }

  private static let places: [String: @Sendable (inout RecordedDelays, Double) -> Void] = [
    "watch": { $0.watch.share = $1 }, "watch0": { $0.watch.constant = $1 },
    "jitter": { $0.watchJitter.share = $1 }, "jitter0": { $0.watchJitter.constant = $1 },
    "request": { $0.request.share = $1 }, "request0": { $0.request.constant = $1 },
    "service": { $0.service.share = $1 }, "service0": { $0.service.constant = $1 },
    "status": { $0.status.share = $1 }, "status0": { $0.status.constant = $1 },
    "requestTail": { $0.requestTail = $1 }, "serviceTail": { $0.serviceTail = $1 },
    "localLag": { $0.localLag = $1 },
    "lagMax": { $0.lagMax = $1 }, "lagDamping": { $0.lagDamping = $1 },
  ]
}
