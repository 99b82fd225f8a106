import Control
import Units

/// Reads and writes what an autoscaler remembers, with ages instead of times.
enum ScalingHistoryJSON {
  static let now = Instant.zero + .seconds(1_000_000)

  static func history(_ input: JSON) throws -> ScalingHistory {
    var history = ScalingHistory()
    history.recommendations = try input.elements("recommendations").map {
      .init(replicas: Int(try $0.int("replicas")), at: try at($0))
    }
    history.ups = try input.elements("scaleUpEvents").map(event)
    history.downs = try input.elements("scaleDownEvents").map(event)
    return history
  }

  private static func at(_ json: JSON) throws -> Instant {
    now - .seconds(rounding: try json.number("ageSeconds"))
  }

  private static func event(_ json: JSON) throws -> ScalingHistory.Event {
    .init(
      change: Int(try json.int("change")), at: try at(json), isOutdated: try json.bool("outdated"))
  }

  static func json(_ recommendations: [ScalingHistory.Recommendation]) -> JSON {
    .array(
      recommendations.map {
        ["replicas": .int(Int64($0.replicas)), "ageSeconds": .double((now - $0.at).seconds)]
      })
  }

  static func json(_ events: [ScalingHistory.Event]) -> JSON {
    .array(
      events.map {
        [
          "change": .int(Int64($0.change)), "ageSeconds": .double((now - $0.at).seconds),
          "outdated": .bool($0.isOutdated),
        ]
      })
  }

  static func json(_ size: LimitedSize) -> JSON {
    ["replicas": .int(Int64(size.replicas)), "reason": .string(size.reason.rawValue)]
  }

  static func json(_ size: StabilizedSize) -> JSON {
    ["replicas": .int(Int64(size.replicas)), "reason": .string(size.reason.rawValue)]
  }
}
