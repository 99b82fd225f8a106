public import World
import Units

/// An image loses memory with each request, up to its limit.
public struct MemoryLeak: Fault {
  public static let kind = "memoryLeak"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters"),
    FaultParameter("perRequest", .bytes, "memory lost with each request"),
  ]

  let image: String
  let perRequest: Bytes

  public init(_ values: FaultValues) {
    image = values.text("image")
    perRequest = values.bytes("perRequest")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.leakPerRequest = perRequest
    return [.behaviour(image: image, change)]
  }

  public var end: [Disturbance] {
    var change = BehaviourChange()
    change.leakPerRequest = .zero
    return [.behaviour(image: image, change)]
  }
}
