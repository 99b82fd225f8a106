import Units

/// What the recordings of a real control plane leave open: how slow its machine was.
///
/// Each delay is a share of the recording's own lag (median time from a binding to the report of a
/// container that runs at once) and a constant. The values are fitted: `docs/fidelity.md`.
public struct RecordedDelays: Hashable, Sendable {
  public struct Delay: Hashable, Sendable {
    /// Of the lag.
    public var share: Double
    /// In seconds.
    public var constant: Double

    public init(share: Double, constant: Double) {
      self.share = share
      self.constant = constant
    }
  }

  public var watch = Delay(share: 0.349, constant: 0.0006)
  public var watchJitter = Delay(share: 0.448, constant: 0.02)
  public var request = Delay(share: 0.302, constant: 0.0011)
  public var service = Delay(share: 0.03, constant: 0.0003)
  public var status = Delay(share: 0.224, constant: 0.002)
  /// How many times the median the 99th percentile of a request, and of its service, is.
  public var requestTail = 10.4
  public var serviceTail = 47.1
  /// A lag counts up to this many seconds, and the less the longer it is: it holds queueing, which
  /// the simulated API server has of itself.
  public var lagMax = 0.449
  public var lagDamping = 5.0
  /// How closely the delays follow the lag that the recording shows around each moment: the exponent.
  public var localLag = 0.6

  public init() {}

  public static let fitted = RecordedDelays()

  /// Every delay is its median.
  public var withoutSpread: RecordedDelays {
    var delays = self
    delays.watchJitter = Delay(share: 0, constant: 0)
    delays.requestTail = 1
    delays.serviceTail = 1
    return delays
  }
}

extension Latencies {
  /// The conditions of the recordings of a real control plane: client limits raised, kubelets
  /// scripted, etcd without fsync, one small machine that is shared by several runs.
  ///
  /// - Parameter lag: of the recording, in seconds; by default a quiet one's.
  public static func recorded(
    lag: Double = 0.04, _ delays: RecordedDelays = .fitted
  ) -> Latencies {
    var latencies = Latencies()
    latencies.controllerQPS = 2000
    latencies.controllerBurst = 4000
    latencies.schedulerQPS = 2000
    latencies.schedulerBurst = 4000
    latencies.sandbox = .zero
    latencies.containerStart = .milliseconds(1)
    latencies.registryRequest = .zero
    latencies.pullBandwidth = .mebi(1 << 20)
    latencies.schedulingCycle = .milliseconds(2)
    let damped = min(lag, delays.lagMax) / (1 + delays.lagDamping * lag)
    func span(_ delay: RecordedDelays.Delay, times factor: Double = 1) -> Span {
      .seconds(rounding: (damped * delay.share + delay.constant) * factor)
    }
    latencies.watch = span(delays.watch)
    latencies.watchJitter = span(delays.watchJitter)
    latencies.apiRequest = span(delays.request)
    latencies.apiRequestP99 = span(delays.request, times: delays.requestTail)
    latencies.apiService = span(delays.service)
    latencies.apiServiceP99 = span(delays.service, times: delays.serviceTail)
    latencies.statusUpdate = span(delays.status)
    return latencies
  }
}
