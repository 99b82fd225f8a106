public import Units

public struct ServicePort: Hashable, Sendable {
  public var name: String?
  public var port: Int
  public var targetPort: IntOrString
  public var networkProtocol: String
  public var nodePort: Int?
  public var appProtocol: String?

  public init(
    name: String? = nil, port: Int, targetPort: IntOrString, networkProtocol: String = "TCP",
    nodePort: Int? = nil, appProtocol: String? = nil
  ) {
    self.name = name
    self.port = port
    self.targetPort = targetPort
    self.networkProtocol = networkProtocol
    self.nodePort = nodePort
    self.appProtocol = appProtocol
  }
}

public struct Service: Hashable, Sendable {
  public var meta: ObjectMeta
  /// nil: no selector; its endpoints are somebody else's work.
  public var selector: Labels?
  public var ports: [ServicePort] = []
  public var type = "ClusterIP"
  /// `None` makes it headless.
  public var clusterIP: String?
  public var publishNotReadyAddresses = false
  public var sessionAffinity = "None"
  public var externalName: String?
  public var externalTrafficPolicy: String?
  public var internalTrafficPolicy: String?
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, selector: Labels?) {
    self.meta = meta
    self.selector = selector
  }
}

/// ConfigMap and Secret alike: named data that pods read.
public struct ConfigData: Hashable, Sendable {
  public var meta: ObjectMeta
  public var data: Labels
  /// Base64 text as it stands in the manifest (`binaryData`, and `data` of a Secret).
  public var binaryData: Labels = [:]
  public var immutable = false
  /// Of a Secret.
  public var type: String?
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, data: Labels) {
    self.meta = meta
    self.data = data
  }
}

public struct PersistentVolumeClaim: Hashable, Sendable {
  public var meta: ObjectMeta
  public var accessModes: [String] = []
  public var storageClassName: String?
  public var volumeName: String?
  public var volumeMode: String?
  public var resources = ResourceRequirements()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta) { self.meta = meta }
}

public struct PodDisruptionBudget: Hashable, Sendable {
  public var meta: ObjectMeta
  public var selector: LabelSelector?
  public var minAvailable: IntOrString?
  public var maxUnavailable: IntOrString?
  /// `IfHealthyBudget` (also when it is absent) or `AlwaysAllow`.
  public var unhealthyPodEvictionPolicy: String?
  public var status = PodDisruptionBudgetStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta) { self.meta = meta }
}

public struct PodDisruptionBudgetStatus: Hashable, Sendable {
  public var observedGeneration: Int64 = 0
  public var expectedPods: Int64 = 0
  public var desiredHealthy: Int64 = 0
  public var currentHealthy: Int64 = 0
  public var disruptionsAllowed: Int64 = 0
  /// Pods whose eviction was granted and has not shown yet, and when; ascending.
  public var disruptedPods: [DisruptedPod] = []

  public init() {}

  public struct DisruptedPod: Hashable, Sendable {
    public var pod: PodID
    public var at: Instant

    public init(_ pod: PodID, at: Instant) {
      self.pod = pod
      self.at = at
    }
  }
}

public struct Node: Hashable, Sendable {
  public var meta: ObjectMeta
  public var unschedulable = false
  public var taints: [Taint] = []
  public var capacity: ResourceList = [:]
  public var allocatable: ResourceList = [:]
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta) { self.meta = meta }

  /// The label `topology.kubernetes.io/zone`; empty where there is none.
  public var zone: String { meta.labels["topology.kubernetes.io/zone"] ?? "" }
}

public struct PriorityClass: Hashable, Sendable {
  public var meta: ObjectMeta
  public var value: Int
  public var globalDefault = false
  public var preemptionPolicy: String?
  public var description: String?
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, value: Int) {
    self.meta = meta
    self.value = value
  }
}

/// What a quota enforces and how much of it is used; both empty until they have been counted.
public struct ResourceQuotaStatus: Hashable, Sendable {
  public var hard: ResourceList = [:]
  public var used: ResourceList = [:]

  public init() {}
}

public struct ResourceQuota: Hashable, Sendable {
  public var meta: ObjectMeta
  public var hard: ResourceList = [:]
  public var scopes: [String] = []
  public var status = ResourceQuotaStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta) { self.meta = meta }
}

public struct LimitRange: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    public var type: String
    public var defaultLimits: ResourceList = [:]
    public var defaultRequests: ResourceList = [:]
    public var minimum: ResourceList = [:]
    public var maximum: ResourceList = [:]
    public var maxLimitRequestRatio: ResourceList = [:]

    public init(type: String) { self.type = type }
  }

  public var meta: ObjectMeta
  public var limits: [Item] = []
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta) { self.meta = meta }
}

public struct Namespace: Hashable, Sendable {
  public var meta: ObjectMeta
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta) { self.meta = meta }
}

/// A document of a kind that is not simulated: kept whole, compared as it stands.
public struct OpaqueObject: Hashable, Sendable {
  public var apiVersion: String
  public var kind: Kind
  public var meta: ObjectMeta
  public var document: DocumentValue

  public init(apiVersion: String, kind: Kind, meta: ObjectMeta, document: DocumentValue) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.meta = meta
    self.document = document
  }
}
