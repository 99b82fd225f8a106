/// How the kubelet asks a container for its health.
public struct Probe: Hashable, Sendable {
  public enum Handler: Hashable, Sendable {
    case httpGet(path: String, port: IntOrString, scheme: String)
    case tcpSocket(port: IntOrString)
    case grpc(port: Int, service: String)
    case exec(command: [String])

    /// Whether the probe passes through the server of the pod, and so waits in its queue.
    public var passesThroughServer: Bool {
      if case .exec = self { return false }
      return true
    }
  }

  public var handler: Handler
  /// Seconds.
  public var initialDelaySeconds = 0
  public var periodSeconds = 10
  public var timeoutSeconds = 1
  public var successThreshold = 1
  public var failureThreshold = 3
  public var terminationGracePeriodSeconds: Int?

  public init(handler: Handler) { self.handler = handler }
}

/// What runs before a container is sent TERM, or after it has started.
public enum LifecycleHandler: Hashable, Sendable {
  case exec(command: [String])
  case httpGet(path: String, port: IntOrString)
  case sleep(seconds: Int)
  case tcpSocket(port: IntOrString)
}

public struct ContainerPort: Hashable, Sendable {
  public var name: String?
  public var containerPort: Int
  public var hostPort: Int?
  public var networkProtocol: String

  public init(
    name: String? = nil, containerPort: Int, hostPort: Int? = nil, networkProtocol: String = "TCP"
  ) {
    self.name = name
    self.containerPort = containerPort
    self.hostPort = hostPort
    self.networkProtocol = networkProtocol
  }
}

public struct EnvironmentVariable: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case value(String)
    case configMapKey(name: String, key: String, optional: Bool)
    case secretKey(name: String, key: String, optional: Bool)
    case field(path: String)
    case resource(container: String, resource: String)
  }

  public var name: String
  public var source: Source

  public init(name: String, source: Source) {
    self.name = name
    self.source = source
  }
}

/// A reference to an object of the namespace that a pod cannot start without, unless optional.
public struct LocalReference: Hashable, Sendable {
  public var kind: Kind
  public var name: String
  public var optional: Bool

  public init(kind: Kind, name: String, optional: Bool = false) {
    self.kind = kind
    self.name = name
    self.optional = optional
  }
}

public struct ResourceRequirements: Hashable, Sendable {
  public var requests: ResourceList
  public var limits: ResourceList

  public init(requests: ResourceList = [:], limits: ResourceList = [:]) {
    self.requests = requests
    self.limits = limits
  }
}

/// Where a container sees a volume of its pod.
public struct VolumeMount: Hashable, Sendable {
  /// Of the volume.
  public var name: String
  public var path: String

  public init(name: String, path: String) {
    self.name = name
    self.path = path
  }
}

public struct Container: Hashable, Sendable {
  public enum PullPolicy: String, Hashable, Sendable {
    case always = "Always", ifNotPresent = "IfNotPresent", never = "Never"
  }

  public var name: String
  public var image: String
  /// nil: `Always` for the tag `latest` or none, else `IfNotPresent`.
  public var imagePullPolicy: PullPolicy?
  public var command: [String] = []
  public var arguments: [String] = []
  public var ports: [ContainerPort] = []
  public var environment: [EnvironmentVariable] = []
  public var environmentFrom: [LocalReference] = []
  public var volumeMounts: [VolumeMount] = []
  public var resources = ResourceRequirements()
  public var startupProbe: Probe?
  public var livenessProbe: Probe?
  public var readinessProbe: Probe?
  public var preStop: LifecycleHandler?
  public var postStart: LifecycleHandler?
  /// `Always` in an init container makes it a sidecar.
  public var restartPolicy: String?

  public init(name: String, image: String) {
    self.name = name
    self.image = image
  }

  /// The policy that applies: by default `Always` for `:latest`, else `IfNotPresent`.
  public var effectivePullPolicy: PullPolicy {
    if let imagePullPolicy { return imagePullPolicy }
    if image.contains("@") { return .ifNotPresent }
    let last = image.split(separator: "/").last ?? ""
    guard let colon = last.lastIndex(of: ":") else { return .always }
    return last[last.index(after: colon)...] == "latest" ? .always : .ifNotPresent
  }
}

/// Shows the fields, as of a structure, without mounts where there are none: names of revisions depend on
/// the text.
extension Container: CustomReflectable {
  public var customMirror: Mirror {
    var fields: [(label: String?, value: Any)] = [
      ("name", name), ("image", image), ("imagePullPolicy", imagePullPolicy as Any),
      ("command", command), ("arguments", arguments), ("ports", ports),
      ("environment", environment), ("environmentFrom", environmentFrom),
      ("resources", resources), ("startupProbe", startupProbe as Any),
      ("livenessProbe", livenessProbe as Any), ("readinessProbe", readinessProbe as Any),
      ("preStop", preStop as Any), ("postStart", postStart as Any),
      ("restartPolicy", restartPolicy as Any),
    ]
    if !volumeMounts.isEmpty { fields.append(("volumeMounts", volumeMounts)) }
    return Mirror(self, children: fields, displayStyle: .struct)
  }
}

/// A volume, as far as it decides whether a pod may start and what it reads.
public struct Volume: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case reference(LocalReference)
    case persistentVolumeClaim(name: String, readOnly: Bool)
    case emptyDir
    /// Another source, by its field name (`hostPath`, `csi`, `projected`, ...).
    case other(String)
  }

  public var name: String
  public var source: Source

  public init(name: String, source: Source) {
    self.name = name
    self.source = source
  }
}

public struct PodSpec: Hashable, Sendable {
  public enum RestartPolicy: String, Hashable, Sendable {
    case always = "Always", onFailure = "OnFailure", never = "Never"
  }

  public var containers: [Container]
  public var initContainers: [Container] = []
  public var volumes: [Volume] = []
  public var restartPolicy = RestartPolicy.always
  public var terminationGracePeriodSeconds = 30
  public var activeDeadlineSeconds: Int?
  public var nodeSelector: Labels = [:]
  public var nodeName: String?
  public var affinity = Affinity()
  public var tolerations: [Toleration] = []
  public var topologySpreadConstraints: [TopologySpreadConstraint] = []
  public var priorityClassName: String?
  public var priority: Int?
  public var preemptionPolicy: String?
  public var schedulerName: String?
  public var serviceAccountName: String?
  public var hostNetwork = false
  public var overhead: ResourceList = [:]
  public var readinessGates: [String] = []
  public var imagePullSecrets: [String] = []

  public init(containers: [Container]) { self.containers = containers }
}
