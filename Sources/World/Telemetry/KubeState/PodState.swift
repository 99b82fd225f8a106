public import ClusterAPI

/// All that kube-state-metrics shows of a pod. Times are Unix seconds.
public struct PodState: Hashable, Sendable {
  public enum Phase: String, CaseIterable, Sendable {
    case pending = "Pending"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case unknown = "Unknown"
    case running = "Running"
  }

  public struct Owner: Hashable, Sendable {
    /// `ReplicaSet`, `StatefulSet`, `DaemonSet`, `Job`.
    public var kind: String
    public var name: String

    public init(kind: String, name: String) {
      self.kind = kind
      self.name = name
    }
  }

  public struct Claim: Hashable, Sendable {
    /// The volume's name in the pod.
    public var volume: String
    public var name: String
    public var isReadOnly: Bool

    public init(volume: String, name: String, isReadOnly: Bool = false) {
      self.volume = volume
      self.name = name
      self.isReadOnly = isReadOnly
    }
  }

  /// How a container ended.
  public struct Termination: Hashable, Sendable {
    /// `Completed`, `Error`, `OOMKilled`, ...
    public var reason: String
    public var exitCode: Int
    public var startedAt: Int64?
    public var finishedAt: Int64?

    public init(reason: String, exitCode: Int, startedAt: Int64? = nil, finishedAt: Int64? = nil) {
      self.reason = reason
      self.exitCode = exitCode
      self.startedAt = startedAt
      self.finishedAt = finishedAt
    }
  }

  public struct Container: Hashable, Sendable {
    public enum State: Hashable, Sendable {
      /// `ContainerCreating`, `PodInitializing`, `CrashLoopBackOff`, `ImagePullBackOff`, ...
      case waiting(reason: String)
      case running(startedAt: Int64?)
      case terminated(Termination)
    }

    public var name: String
    public var image: String
    public var requests: ResourceList
    public var limits: ResourceList
    public var isInit: Bool
    /// Of an init container: `Always` makes it a sidecar.
    public var restartPolicy: String?
    /// nil: the kubelet has not reported it yet; there are no series of its status then.
    public var state: State?
    public var isReady = false
    public var restarts = 0
    /// How the instance before the current one ended.
    public var lastTermination: Termination?

    public init(
      name: String, image: String, requests: ResourceList = [:], limits: ResourceList = [:],
      isInit: Bool = false, restartPolicy: String? = nil
    ) {
      self.name = name
      self.image = image
      self.requests = requests
      self.limits = limits
      self.isInit = isInit
      self.restartPolicy = restartPolicy
    }
  }

  public var namespace: String
  public var name: String
  public var uid: String
  public var labels: Labels = [:]
  public var owner: Owner?
  public var phase = Phase.pending
  /// `status.reason`: `Evicted`, `NodeLost`, ...; empty: none.
  public var reason = ""
  /// Reasons of its conditions, such as `PreemptionByScheduler`.
  public var conditionReasons: [String] = []
  /// The condition Ready; nil: the kubelet has not reported it yet.
  public var ready: Condition.Status?
  /// The condition PodScheduled; nil: the scheduler has not tried yet.
  public var scheduled: Condition.Status?
  /// Of the condition Ready, when it became what it is.
  public var readyTime: Int64?
  /// Of the condition Initialized, when it became true; nil: it is not.
  public var initializedTime: Int64?
  /// Of the condition ContainersReady, when it became true; nil: it is not.
  public var containersReadyTime: Int64?
  /// Of the condition PodScheduled, when it became what it is.
  public var scheduledTime: Int64?
  public var created: Int64?
  /// When the kubelet took the pod up.
  public var startTime: Int64?
  /// When its object may go, once it is being deleted.
  public var deletionTimestamp: Int64?
  /// Empty: not bound to a node.
  public var node = ""
  public var hostIP = ""
  public var podIP = ""
  public var isHostNetwork = false
  public var qosClass: QOSClass?
  public var priorityClass = ""
  public var restartPolicy = PodSpec.RestartPolicy.always
  public var serviceAccount = "default"
  public var scheduler = "default-scheduler"
  public var tolerations: [Toleration] = []
  public var claims: [Claim] = []
  public var overhead: ResourceList = [:]
  /// Init containers and the others, in the order of the spec.
  public var containers: [Container] = []

  public init(namespace: String, name: String, uid: String) {
    self.namespace = namespace
    self.name = name
    self.uid = uid
  }

  /// A pod as it was written: pending, not scheduled, none of its containers reported.
  ///
  /// Requests that a spec leaves out are those of the limits, as the API server stores it.
  public init(namespace: String, name: String, uid: String, spec: PodSpec) {
    self.init(namespace: namespace, name: name, uid: uid)
    containers =
      spec.initContainers.map { Container($0, isInit: true) }
      + spec.containers.map { Container($0, isInit: false) }
    qosClass = QOSClass.of(
      containers: containers.map { .init(requests: $0.requests, limits: $0.limits) })
    priorityClass = spec.priorityClassName ?? ""
    restartPolicy = spec.restartPolicy
    isHostNetwork = spec.hostNetwork
    serviceAccount = spec.serviceAccountName ?? serviceAccount
    scheduler = spec.schedulerName ?? scheduler
    tolerations = spec.tolerations
    overhead = spec.overhead
    claims = spec.volumes.compactMap {
      guard case .persistentVolumeClaim(let name, let readOnly) = $0.source else { return nil }
      return Claim(volume: $0.name, name: name, isReadOnly: readOnly)
    }
  }
}

extension PodState.Container {
  fileprivate init(_ container: ClusterAPI.Container, isInit: Bool) {
    self.init(
      name: container.name, image: container.image, requests: container.resources.requests,
      limits: container.resources.limits, isInit: isInit,
      restartPolicy: container.restartPolicy)
    for (resource, limit) in limits where requests[resource] == nil { requests[resource] = limit }
  }
}
