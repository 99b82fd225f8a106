public import Units

/// Which sort of object: the API group and the kind, as in `apps/Deployment`.
public struct Kind: Codable, Hashable, Comparable, Sendable {
  /// Empty for the core group.
  public var group: String
  public var name: String

  public init(_ name: String, group: String = "") {
    self.name = name
    self.group = group
  }

  public static func < (a: Kind, b: Kind) -> Bool {
    a.group == b.group ? a.name < b.name : a.group < b.group
  }

  public static let canary = Kind("Canary", group: "flagger.app")
  public static let configMap = Kind("ConfigMap")
  public static let controllerRevision = Kind("ControllerRevision", group: "apps")
  public static let daemonSet = Kind("DaemonSet", group: "apps")
  public static let deployment = Kind("Deployment", group: "apps")
  public static let horizontalPodAutoscaler = Kind("HorizontalPodAutoscaler", group: "autoscaling")
  public static let job = Kind("Job", group: "batch")
  public static let limitRange = Kind("LimitRange")
  public static let namespace = Kind("Namespace")
  public static let node = Kind("Node")
  public static let persistentVolumeClaim = Kind("PersistentVolumeClaim")
  public static let pod = Kind("Pod")
  public static let podDisruptionBudget = Kind("PodDisruptionBudget", group: "policy")
  public static let priorityClass = Kind("PriorityClass", group: "scheduling.k8s.io")
  public static let replicaSet = Kind("ReplicaSet", group: "apps")
  public static let resourceQuota = Kind("ResourceQuota")
  public static let secret = Kind("Secret")
  public static let service = Kind("Service")
  public static let statefulSet = Kind("StatefulSet", group: "apps")
}

/// Names one object of the cluster; the namespace is empty for cluster-scoped kinds.
public struct ObjectKey: Codable, Hashable, Comparable, Sendable {
  public var kind: Kind
  public var namespace: String
  public var name: String

  public init(_ kind: Kind, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  public static func < (a: ObjectKey, b: ObjectKey) -> Bool {
    if a.kind != b.kind { return a.kind < b.kind }
    return a.namespace == b.namespace ? a.name < b.name : a.namespace < b.namespace
  }

  /// As kubectl writes it: `deployment/web`, with the namespace in front where it is not `default`.
  public var description: String {
    let short = "\(kind.name.lowercased())/\(name)"
    return namespace.isEmpty || namespace == "default" ? short : "\(namespace)/\(short)"
  }
}

/// Where an object or a field was read: 1-based line and column of a file.
public struct SourceLocation: Hashable, Sendable {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String { "\(file):\(line):\(column)" }
}

/// The `controller` owner of an object.
public struct OwnerReference: Hashable, Sendable {
  public var kind: Kind
  public var name: String
  public var uid: UInt64

  public init(kind: Kind, name: String, uid: UInt64) {
    self.kind = kind
    self.name = name
    self.uid = uid
  }
}

/// The part that every object has (`metav1.ObjectMeta`).
public struct ObjectMeta: Hashable, Sendable {
  public var name: String
  public var namespace: String
  public var labels: Labels
  public var annotations: Labels
  /// 0 until the API server has given one.
  public var uid: UInt64 = 0
  /// 0 until stored; a write that carries another one than the stored is a conflict.
  public var resourceVersion: UInt64 = 0
  /// Counts the changes of the spec.
  public var generation: Int64 = 0
  public var creationTimestamp = Timestamp(seconds: 0)
  public var owner: OwnerReference?
  public var finalizers: [String] = []

  public init(
    name: String, namespace: String = "default", labels: Labels = [:], annotations: Labels = [:]
  ) {
    self.name = name
    self.namespace = namespace
    self.labels = labels
    self.annotations = annotations
  }

  /// Whether two objects of one kind have the same name in the same namespace.
  public func isNamed(as other: ObjectMeta) -> Bool {
    name == other.name && namespace == other.namespace
  }
}

/// A field that Wavetank keeps but does not simulate: its path inside the object and its content.
public struct UnmodelledField: Hashable, Sendable {
  /// Dotted, with list indices: `spec.template.spec.containers[0].securityContext`.
  public var path: String
  public var value: DocumentValue

  public init(path: String, value: DocumentValue) {
    self.path = path
    self.value = value
  }
}

/// A tree of plain data: what a document holds where no type of ours models it.
public indirect enum DocumentValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is no 64-bit integer, as it was written.
  case number(String)
  case string(String)
  case list([DocumentValue])
  /// In the order of the file.
  case object([Field])

  public struct Field: Hashable, Sendable {
    public var key: String
    public var value: DocumentValue

    public init(_ key: String, _ value: DocumentValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of a key of an object; nil elsewhere.
  public subscript(key: String) -> DocumentValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.key == key }?.value
  }
}

/// A condition of a status (`type`, `status`, `reason`, times in whole seconds).
public struct Condition: Codable, Hashable, Sendable {
  public enum Status: String, Codable, Hashable, Sendable {
    case yes = "True", no = "False", unknown = "Unknown"
  }

  public var type: String
  public var status: Status
  public var reason: String
  public var message: String
  public var lastUpdateTime: Timestamp
  public var lastTransitionTime: Timestamp

  public init(
    type: String, status: Status, reason: String, message: String = "", lastUpdateTime: Timestamp,
    lastTransitionTime: Timestamp
  ) {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
    self.lastUpdateTime = lastUpdateTime
    self.lastTransitionTime = lastTransitionTime
  }
}
