import ClusterAPI
import Control
import Units

/// The part of a sync that limits a size, as the controller performs it.
struct SyncedSize {
  private var sync: AutoscalerSync
  private let current: Int
  private(set) var history: ScalingHistory

  init(_ input: JSON, behavior: ScalingBehavior?) throws {
    var autoscaler = HorizontalPodAutoscaler(
      meta: ObjectMeta(name: "web"), targetAPIVersion: "apps/v1", targetKind: "Deployment",
      targetName: "web", maxReplicas: Int(try input.int("maxReplicas")))
    autoscaler.minReplicas = Int(try input.int("minReplicas"))
    autoscaler.behavior = behavior
    var settings = AutoscalingSettings()
    settings.downscaleStabilization = .seconds(try input.int("downscaleStabilizationSeconds"))
    sync = AutoscalerSync(
      autoscaler: autoscaler, settings: settings, now: ScalingHistoryJSON.now)
    current = Int(try input.int("currentReplicas"))
    history = try ScalingHistoryJSON.history(input)
  }

  mutating func limit(_ desired: Int) -> Int { sync.limit(desired, current: current, &history) }

  var conditions: JSON {
    .object(
      Dictionary(
        uniqueKeysWithValues: sync.status.conditions.map {
          ($0.type, AutoscalerJSON.condition($0.status, $0.reason))
        }))
  }
}
