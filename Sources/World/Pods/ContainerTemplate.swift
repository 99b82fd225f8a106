public import ClusterAPI
public import Control
public import Units

/// What one container of a template means to the kubelet, worked out once.
public struct ContainerTemplate: Sendable {
  /// In the order in which the kubelet starts them.
  public enum Role: UInt8, Sendable {
    /// Runs to its end before the next one starts.
    case initial
    /// An init container with `restartPolicy: Always`: runs beside all that follow.
    case sidecar
    /// The first regular container: it serves the pod's requests.
    case server
    case regular
  }

  public var container: Container
  public var role: Role
  public var image: ImageID
  public var profile: ImageProfile
  public var pullPolicy: Container.PullPolicy
  /// The process does its work and ends, after the time that another one takes to listen: init
  /// containers, and the containers of pods that are not always restarted.
  public var isTask: Bool
  /// Init containers that run to their end have none.
  public var rules: ProbeRules
  /// Probes that pass through the server of the pod, and so wait in its queue.
  public var queuedProbes: ProbeSet

  init(
    _ container: Container, role: Role, image: ImageID, profile: ImageProfile,
    restartPolicy: PodSpec.RestartPolicy
  ) {
    isTask = role == .initial || (role != .sidecar && restartPolicy != .always)
    self.container = container
    self.role = role
    self.image = image
    self.profile = profile
    pullPolicy = container.effectivePullPolicy
    rules = role == .initial ? ProbeRules() : ProbeRules(container)
    queuedProbes = ProbeSet()
    for kind in ProbeKind.allCases
    where role == .server && container.probe(kind)?.handler.passesThroughServer == true {
      queuedProbes.insert(kind)
    }
  }

  /// Whether its readiness counts for the pod's.
  var countsForReadiness: Bool { role != .initial }

  /// TERM to KILL when a probe decides to restart the container.
  func gracePeriod(_ kind: ProbeKind, _ spec: PodSpec) -> Span {
    let own = container.probe(kind)?.terminationGracePeriodSeconds
    return .seconds(Int64(own ?? spec.terminationGracePeriodSeconds))
  }
}

extension Container {
  func probe(_ kind: ProbeKind) -> Probe? {
    switch kind {
    case .startup: startupProbe
    case .readiness: readinessProbe
    case .liveness: livenessProbe
    }
  }
}

/// A set of kinds of probes in one byte.
public struct ProbeSet: Hashable, Sendable {
  private var bits: UInt8 = 0

  public init() {}

  public var isEmpty: Bool { bits == 0 }

  public func contains(_ kind: ProbeKind) -> Bool { bits & 1 << kind.number != 0 }
  public mutating func insert(_ kind: ProbeKind) { bits |= 1 << kind.number }
  public mutating func remove(_ kind: ProbeKind) { bits &= ~(1 << kind.number) }
}

extension ProbeKind {
  /// 0, 1, 2: as events carry it.
  var number: UInt8 {
    switch self {
    case .startup: 0
    case .readiness: 1
    case .liveness: 2
    }
  }

  init(number: UInt8) {
    switch number {
    case 0: self = .startup
    case 1: self = .readiness
    case 2: self = .liveness
    default: preconditionFailure("an event for probe number \(number)")
    }
  }
}
