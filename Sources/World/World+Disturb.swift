import ClusterAPI
import Units

extension World {
  /// A fault happens to the world.
  mutating func disturb(_ disturbance: Disturbance) {
    switch disturbance {
    case .behaviour(let image, let change):
      behaviours.append((image, change))
      refreshServers(image)
      note(.fault("behaviour of \(image) changes"))
    case .registry(let image, let failing):
      note(.fault("registry \(failing ? "stops" : "begins again") to deliver \(image)"))
      failingImages.removeAll { $0 == image }
      if failing { failingImages.append(image) }
    case .loadFactor(let service, let factor):
      note(.fault("load of \(service.description) times \(factor.value)"))
      guard let id = services.id(service) else { return }
      for load in services.rows[id.index].loads { traffic.setFactor(load, factor, &queue) }
    case .apiServer(let latency, let refused):
      api.addedLatency = latency
      api.refused = refused
      note(.fault("API server: \(latency.ns / 1_000_000) ms more, \(refused.ppm) ppm refused"))
    }
  }
}
