public import World
import Units

/// The process of an image exits with an error some time after it became ready, again and again.
public struct CrashLoop: Fault {
  public static let kind = "crashLoop"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters"),
    FaultParameter("after", .span, "from ready to the exit"),
  ]

  let image: String
  let after: Span

  public init(_ values: FaultValues) {
    image = values.text("image")
    after = values.span("after")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.crashAfterReady = after
    return [.behaviour(image: image, change)]
  }
}
