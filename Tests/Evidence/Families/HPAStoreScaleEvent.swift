import Control

/// `HorizontalController.storeScaleEvent`.
enum HPAStoreScaleEvent: Family {
  static let name = "hpa_store_scale_event"

  static func answer(to input: JSON) throws -> JSON {
    var history = try ScalingHistoryJSON.history(input)
    history.note(
      from: Int(try input.int("previousReplicas")), to: Int(try input.int("newReplicas")),
      behavior: try AutoscalerJSON.behavior(try input.require("behavior")),
      at: ScalingHistoryJSON.now)
    return [
      "scaleUpEvents": ScalingHistoryJSON.json(history.ups),
      "scaleDownEvents": ScalingHistoryJSON.json(history.downs),
    ]
  }
}
