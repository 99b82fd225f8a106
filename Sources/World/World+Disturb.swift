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
      for index in templates.indices
      where templates[index].template.spec.containers.contains(where: {
        Wildcard.matches(image, $0.image)
      }) {
        templates[index].profile.pullable = !failing
      }
    case .apiServer(let latency, let refused):
      api.addedLatency = latency
      api.refused = refused
      note(.fault("API server: \(latency.ns / 1_000_000) ms more, \(refused.ppm) ppm refused"))
    }
  }
}
