import ClusterAPI
import Units

extension World {
  /// A fault happens to the world.
  mutating func disturb(_ disturbance: Disturbance) {
    switch disturbance {
    case .behaviour(let image, let change):
      behaviours.append((image, change))
      note(.fault("behaviour of \(image) changes"))
    case .registry(let image, let failing):
      note(.fault("registry \(failing ? "stops" : "begins again") to deliver \(image)"))
      failingImages.removeAll { $0 == image }
      if failing { failingImages.append(image) }
    case .apiServer(let latency, let refused):
      api.addedLatency = latency
      api.refused = refused
      note(.fault("API server: \(latency.ns / 1_000_000) ms more, \(refused.ppm) ppm refused"))
    }
  }
}
