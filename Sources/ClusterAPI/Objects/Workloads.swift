public struct DeploymentStrategy: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case rollingUpdate = "RollingUpdate", recreate = "Recreate"
  }

  public var kind: Kind
  /// Of a rolling update; percentages round up.
  public var maxSurge: IntOrString
  /// Of a rolling update; percentages round down.
  public var maxUnavailable: IntOrString

  public init(
    kind: Kind = .rollingUpdate, maxSurge: IntOrString = .string("25%"),
    maxUnavailable: IntOrString = .string("25%")
  ) {
    self.kind = kind
    self.maxSurge = maxSurge
    self.maxUnavailable = maxUnavailable
  }
}

public struct DeploymentSpec: Hashable, Sendable {
  public var replicas: Int
  /// Whether the manifest says `replicas`: where it is silent an autoscaler's value is left alone.
  public var declaresReplicas = true
  public var selector: LabelSelector
  public var template: PodTemplate
  public var strategy = DeploymentStrategy()
  public var minReadySeconds = 0
  public var revisionHistoryLimit = 10
  public var paused = false
  /// nil: none (also written as 2147483647).
  public var progressDeadlineSeconds: Int? = 600

  public init(replicas: Int = 1, selector: LabelSelector, template: PodTemplate) {
    self.replicas = replicas
    self.selector = selector
    self.template = template
  }
}

public struct DeploymentStatus: Hashable, Sendable {
  public var observedGeneration: Int64 = 0
  public var replicas = 0
  public var updatedReplicas = 0
  public var readyReplicas = 0
  public var availableReplicas = 0
  public var unavailableReplicas = 0
  public var terminatingReplicas = 0
  public var conditions: [Condition] = []

  public init() {}
}

public struct Deployment: Hashable, Sendable {
  public var meta: ObjectMeta
  public var spec: DeploymentSpec
  public var status = DeploymentStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, spec: DeploymentSpec) {
    self.meta = meta
    self.spec = spec
  }
}

public struct ReplicaSetSpec: Hashable, Sendable {
  public var replicas: Int
  public var minReadySeconds = 0
  public var selector: LabelSelector
  public var template: PodTemplate

  public init(replicas: Int, selector: LabelSelector, template: PodTemplate) {
    self.replicas = replicas
    self.selector = selector
    self.template = template
  }
}

public struct ReplicaSetStatus: Hashable, Sendable {
  public var observedGeneration: Int64 = 0
  public var replicas = 0
  public var readyReplicas = 0
  public var availableReplicas = 0
  public var terminatingReplicas = 0
  public var conditions: [Condition] = []

  public init() {}
}

public struct ReplicaSet: Hashable, Sendable {
  public var meta: ObjectMeta
  public var spec: ReplicaSetSpec
  public var status = ReplicaSetStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, spec: ReplicaSetSpec) {
    self.meta = meta
    self.spec = spec
  }
}

public struct StatefulSet: Hashable, Sendable {
  public var meta: ObjectMeta
  public var replicas = 1
  /// Whether the manifest says `replicas`.
  public var declaresReplicas = true
  /// The number of its first pod (`ordinals.start`).
  public var startOrdinal = 0
  public var serviceName = ""
  public var selector: LabelSelector
  public var template: PodTemplate
  public var podManagementPolicy = "OrderedReady"
  public var updateStrategy = "RollingUpdate"
  public var partition = 0
  public var maxUnavailable: IntOrString?
  public var minReadySeconds = 0
  public var revisionHistoryLimit = 10
  public var volumeClaimTemplates: [PersistentVolumeClaim] = []
  public var status = StatefulSetStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, selector: LabelSelector, template: PodTemplate) {
    self.meta = meta
    self.selector = selector
    self.template = template
  }
}

public struct DaemonSet: Hashable, Sendable {
  public var meta: ObjectMeta
  public var selector: LabelSelector
  public var template: PodTemplate
  public var updateStrategy = "RollingUpdate"
  public var maxUnavailable = IntOrString.int(1)
  public var maxSurge = IntOrString.int(0)
  public var minReadySeconds = 0
  public var revisionHistoryLimit = 10
  public var status = DaemonSetStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, selector: LabelSelector, template: PodTemplate) {
    self.meta = meta
    self.selector = selector
    self.template = template
  }
}

public struct Job: Hashable, Sendable {
  public var meta: ObjectMeta
  public var template: PodTemplate
  public var completions: Int?
  public var parallelism = 1
  public var backoffLimit = 6
  public var activeDeadlineSeconds: Int?
  public var ttlSecondsAfterFinished: Int?
  public var suspend = false
  public var completionMode = "NonIndexed"
  public var selector: LabelSelector?
  public var status = JobStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, template: PodTemplate) {
    self.meta = meta
    self.template = template
  }
}

/// A pod that stands in a manifest by itself, without a controller.
public struct Pod: Hashable, Sendable {
  public var meta: ObjectMeta
  public var spec: PodSpec
  public var unmodelled: [UnmodelledField] = []

  public init(meta: ObjectMeta, spec: PodSpec) {
    self.meta = meta
    self.spec = spec
  }
}
