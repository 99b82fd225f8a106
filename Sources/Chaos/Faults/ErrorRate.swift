public import World
import Units

/// An image answers a share of its requests with a server error.
public struct ErrorRate: Fault {
  public static let kind = "errorRate"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters"),
    FaultParameter("errors", .share, "share of requests answered with 500"),
  ]

  let image: String
  let errors: Ratio

  public init(_ values: FaultValues) {
    image = values.text("image")
    errors = values.ratio("errors")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.errors = errors
    return [.behaviour(image: image, change)]
  }

  public var end: [Disturbance] {
    var change = BehaviourChange()
    change.errors = .zero
    return [.behaviour(image: image, change)]
  }
}
