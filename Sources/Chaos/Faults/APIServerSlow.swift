public import World
import Units

/// The API server answers late and refuses a share of the requests of controllers.
public struct APIServerSlow: Fault {
  public static let kind = "apiServerSlow"
  public static let parameters = [
    FaultParameter("latency", .span, required: false, "added to every request, each way"),
    FaultParameter("refused", .share, required: false, "share of requests answered with 500"),
  ]

  let latency: Span
  let refused: Ratio

  public init(_ values: FaultValues) {
    latency = values.span("latency")
    refused = values.ratio("refused")
  }

  public var begin: [Disturbance] { [.apiServer(addedLatency: latency, refused: refused)] }
  public var end: [Disturbance] { [.apiServer(addedLatency: .zero, refused: .zero)] }
}
