public import ClusterAPI
public import Units

/// Requests per second over time: a piecewise linear curve.
///
/// Every curve of a scenario (constant, stages, diurnal, spike, trace) is compiled to this one.
public struct LoadCurve: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    public var at: Instant
    /// Requests per second, in thousandths.
    public var milliRate: Int64

    public init(at: Instant, milliRate: Int64) {
      self.at = at
      self.milliRate = milliRate
    }
  }

  /// Ascending in time, at least one; two points at one instant are a step. The last one holds on.
  public var points: [Point]

  public init(points: [Point]) {
    precondition(!points.isEmpty, "a load curve needs a point")
    self.points = points
  }

  public static func constant(milliRate: Int64) -> LoadCurve {
    LoadCurve(points: [Point(at: .zero, milliRate: milliRate)])
  }
}

/// Open-loop requests to one service: who asks, how often, how patiently.
public struct LoadSpec: Equatable, Sendable {
  public var service: ObjectKey
  public var curve: LoadCurve
  /// Arrivals: exponential gaps, or exactly even ones.
  public var poisson = true
  /// The client gives up after this; nil: never.
  public var timeout: Span? = .seconds(10)
  /// Further attempts after a failed one.
  public var retries = 0
  /// Between a failed attempt and the next.
  public var retryDelay = Span.milliseconds(25)
  /// How a proxy chooses among ready endpoints.
  public var balancing = Balancing.random
  /// Clients' gateways: each sees endpoints with a lag of its own.
  public var gateways = 2

  public init(service: ObjectKey, curve: LoadCurve) {
    self.service = service
    self.curve = curve
  }
}

/// How a proxy chooses an endpoint.
public enum Balancing: String, Hashable, Sendable, CaseIterable {
  /// As kube-proxy does: uniformly.
  case random
  case roundRobin
  /// The less busy of two drawn ones (power of two choices).
  case leastRequest
}
