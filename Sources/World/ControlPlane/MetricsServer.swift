import ClusterAPI
import Units

/// What metrics-server has seen of the pods: it looks at them in turn and serves the use between its
/// last two looks at each.
struct MetricsServer: Sendable {
  /// One look at one pod.
  struct Point: Sendable {
    var at: Instant
    /// CPU time used so far.
    var cpu: Span
    var memory: Bytes
  }

  /// A container that has run for less is not served before its second look.
  static let freshContainerMin = Span.seconds(10)

  /// Whether it has begun to look.
  var isRunning = false
  /// By pod.
  private var looks: [Looks] = []

  /// The latest three, the latest first; that one may not be served yet.
  private struct Looks {
    static let none = Point(at: .never, cpu: .zero, memory: .zero)

    var latest = none
    var second = none
    var third = none

    mutating func append(_ point: Point) { (latest, second, third) = (point, latest, second) }

    /// The latest two of those until an instant.
    func served(until limit: Instant) -> (last: Point, before: Point)? {
      if latest.at <= limit { return (latest, second) }
      if second.at <= limit { return (second, third) }
      return third.at <= limit ? (third, Looks.none) : nil
    }
  }

  mutating func add(_ point: Point, of pod: PodID) {
    while looks.count <= pod.index { looks.append(Looks()) }
    looks[pod.index].append(point)
  }

  /// What is served of a pod now.
  ///
  /// - Parameters:
  ///   - latencies: how often it looks, and how long a look takes to be served.
  ///   - started: of the pod's container.
  func metric(
    _ resource: String, of pod: PodID, at now: Instant, _ latencies: Latencies, started: Instant
  ) -> PodMetric? {
    guard pod.index < looks.count,
      let (last, found) = looks[pod.index].served(until: now - latencies.metricsDelay),
      // A pod that the latest look did not find is not served.
      last.at + latencies.metricsDelay + latencies.metricsResolution > now
    else { return nil }
    var before = found.at == .never ? nil : found
    if (before?.at ?? .zero) < started {
      guard last.at - started >= MetricsServer.freshContainerMin else { return nil }
      before = Point(at: started, cpu: before?.cpu ?? .zero, memory: .zero)
    }
    guard let before else { return nil }
    let window = last.at - before.at
    switch resource {
    case "cpu":
      // Nanoseconds of CPU in nanoseconds of time, in thousandths of a core.
      let milli = Int128((last.cpu - before.cpu).ns) * 1000 / Int128(window.ns)
      return PodMetric(milli: Int64(milli), timestamp: last.at, window: window)
    case "memory":
      return PodMetric(milli: last.memory.count * 1000, timestamp: last.at, window: window)
    default: return nil
    }
  }
}
