import ClusterAPI
import Units

/// What may be assumed of every program of some manifests, so that none fails by the assumption alone:
/// that they start before a probe ends them, and fit into their limits.
struct ModestProgram {
  /// The longest start-up that no liveness or startup probe ends, halved; at most 5 s.
  var startup = Span.seconds(5)
  /// Half of the lowest memory limit; at most 64 MiB.
  var memory = Bytes.mebi(64)

  init(_ objects: [ClusterObject]) {
    for object in objects {
      guard let spec = object.podTemplate?.spec else { continue }
      for container in spec.initContainers + spec.containers {
        if let limit = container.resources.limits["memory"] {
          memory = min(memory, Bytes(max(1 << 20, limit.value / 2)))
        }
        guard let probe = container.startupProbe ?? container.livenessProbe else { continue }
        let seconds =
          probe.initialDelaySeconds + probe.periodSeconds * max(0, probe.failureThreshold - 1)
        startup = min(startup, .milliseconds(Int64(max(1, seconds)) * 500))
      }
    }
  }
}
