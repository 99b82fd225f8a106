import Units
import Foundation

extension Latencies {
  public static func recorded(lag: Double) -> Latencies {
    var latencies = Latencies()
    latencies.controllerQPS = 2000
    latencies.controllerBurst = 4000
    latencies.schedulerQPS = 2000
    latencies.schedulerBurst = 4000
    latencies.sandbox = .zero
    latencies.registryRequest = .zero
    latencies.pullBandwidth = .mebi(1 << 20)
    func v(_ key: String, _ d: Double) -> Span {
      let f = ProcessInfo.processInfo.environment[key].flatMap(Double.init) ?? d
      let c = ProcessInfo.processInfo.environment[key + "0"].flatMap(Double.init) ?? 0.002
      return .seconds(rounding: lag * f + c)
    }
    latencies.containerStart = .milliseconds(1)
    latencies.statusUpdate = v("S", 0.2)
    latencies.watch = v("W", 0.2)
    latencies.watchJitter = v("J", 0.2)
    latencies.apiRequest = v("A", 0.1)
    latencies.apiService = v("Q", 0.1)
    latencies.schedulingCycle = .milliseconds(2)
    return latencies
  }
}
