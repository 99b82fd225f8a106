public import World
import Units

/// An image takes so many times as long, and as much CPU, for each request.
public struct SlowService: Fault {
  public static let kind = "slowService"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters"),
    FaultParameter("factor", .factor, "how many times the service time"),
  ]

  let image: String
  let factor: Ratio

  public init(_ values: FaultValues) {
    image = values.text("image")
    factor = values.ratio("factor")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.slowdown = factor
    return [.behaviour(image: image, change)]
  }

  public var end: [Disturbance] {
    var change = BehaviourChange()
    change.slowdown = .one
    return [.behaviour(image: image, change)]
  }
}
