public import World
import Units

/// An image takes so many times as long to start.
public struct SlowStart: Fault {
  public static let kind = "slowStart"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters"),
    FaultParameter("factor", .factor, "how many times the start-up time"),
  ]

  let image: String
  let factor: Ratio

  public init(_ values: FaultValues) {
    image = values.text("image")
    factor = values.ratio("factor")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.startupFactor = factor
    return [.behaviour(image: image, change)]
  }

  public var end: [Disturbance] {
    var change = BehaviourChange()
    change.startupFactor = .one
    return [.behaviour(image: image, change)]
  }
}
