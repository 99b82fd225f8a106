/// What a probe is for.
public enum ProbeKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// Has the process come up? Until it has, the other two wait.
  case startup
  /// Is the container to receive requests?
  case readiness
  /// Is the container to be restarted?
  case liveness
}
