public import World
import Units

/// An image answers its probes late: it hangs, or waits for somebody else.
public struct SlowProbes: Fault {
  public static let kind = "slowProbes"
  public static let parameters = [
    FaultParameter("image", .image, "images that behave so; `*` stands for any characters"),
    FaultParameter("latency", .span, "from a probe to its answer; above `timeoutSeconds` it fails"),
  ]

  let image: String
  let latency: Span

  public init(_ values: FaultValues) {
    image = values.text("image")
    latency = values.span("latency")
  }

  public var begin: [Disturbance] {
    var change = BehaviourChange()
    change.probeLatency = latency
    return [.behaviour(image: image, change)]
  }

  public var end: [Disturbance] {
    var change = BehaviourChange()
    change.probeLatency = Latencies().probe
    return [.behaviour(image: image, change)]
  }
}
