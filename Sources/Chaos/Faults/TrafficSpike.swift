import ClusterAPI
public import World
import Units

/// So many times the requests of a Service's load curve.
public struct TrafficSpike: Fault {
  public static let kind = "trafficSpike"
  public static let parameters = [
    FaultParameter("service", .name, "the Service whose load rises"),
    FaultParameter("namespace", .name, required: false, "of the Service; default `default`"),
    FaultParameter("factor", .factor, "how many times the load curve"),
  ]

  let service: ObjectKey
  let factor: Ratio

  public init(_ values: FaultValues) {
    let namespace = values.text("namespace")
    service = ObjectKey(
      .service, namespace: namespace.isEmpty ? "default" : namespace, name: values.text("service"))
    factor = values.ratio("factor")
  }

  public var begin: [Disturbance] { [.loadFactor(service: service, factor)] }
  public var end: [Disturbance] { [.loadFactor(service: service, .one)] }
}
