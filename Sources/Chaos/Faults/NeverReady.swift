public import World
import Units

/// The processes of an image run, but their readiness probe never passes.
public struct NeverReady: Fault {
  public static let kind = "neverReady"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters")
  ]

  let image: String

  public init(_ values: FaultValues) {
    image = values.text("image")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.neverReady = true
    return [.behaviour(image: image, change)]
  }

  public var end: [Disturbance] {
    var change = BehaviourChange()
    change.neverReady = false
    return [.behaviour(image: image, change)]
  }
}
