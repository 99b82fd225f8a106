/// Any object that a manifest may hold and the API server stores.
///
/// Indirect, so that what carries one (a request, its answer, an entry of a log) stays a few words
/// long and shares the object when it is copied.
public indirect enum ClusterObject: Hashable, Sendable {
  case configMap(ConfigData)
  case controllerRevision(ControllerRevision)
  case daemonSet(DaemonSet)
  case deployment(Deployment)
  case horizontalPodAutoscaler(HorizontalPodAutoscaler)
  case job(Job)
  case limitRange(LimitRange)
  case namespace(Namespace)
  case node(Node)
  case opaque(OpaqueObject)
  case persistentVolumeClaim(PersistentVolumeClaim)
  case pod(Pod)
  case podDisruptionBudget(PodDisruptionBudget)
  case priorityClass(PriorityClass)
  case replicaSet(ReplicaSet)
  case resourceQuota(ResourceQuota)
  case secret(ConfigData)
  case service(Service)
  case statefulSet(StatefulSet)

  public var kind: Kind {
    switch self {
    case .configMap: .configMap
    case .controllerRevision: .controllerRevision
    case .daemonSet: .daemonSet
    case .deployment: .deployment
    case .horizontalPodAutoscaler: .horizontalPodAutoscaler
    case .job: .job
    case .limitRange: .limitRange
    case .namespace: .namespace
    case .node: .node
    case .opaque(let object): object.kind
    case .persistentVolumeClaim: .persistentVolumeClaim
    case .pod: .pod
    case .podDisruptionBudget: .podDisruptionBudget
    case .priorityClass: .priorityClass
    case .replicaSet: .replicaSet
    case .resourceQuota: .resourceQuota
    case .secret: .secret
    case .service: .service
    case .statefulSet: .statefulSet
    }
  }

  public var meta: ObjectMeta {
    get {
      switch self {
      case .configMap(let object), .secret(let object): object.meta
      case .controllerRevision(let object): object.meta
      case .daemonSet(let object): object.meta
      case .deployment(let object): object.meta
      case .horizontalPodAutoscaler(let object): object.meta
      case .job(let object): object.meta
      case .limitRange(let object): object.meta
      case .namespace(let object): object.meta
      case .node(let object): object.meta
      case .opaque(let object): object.meta
      case .persistentVolumeClaim(let object): object.meta
      case .pod(let object): object.meta
      case .podDisruptionBudget(let object): object.meta
      case .priorityClass(let object): object.meta
      case .replicaSet(let object): object.meta
      case .resourceQuota(let object): object.meta
      case .service(let object): object.meta
      case .statefulSet(let object): object.meta
      }
    }
    set {
      switch self {
      case .configMap(var object):
        object.meta = newValue
        self = .configMap(object)
      case .secret(var object):
        object.meta = newValue
        self = .secret(object)
      case .controllerRevision(var object):
        object.meta = newValue
        self = .controllerRevision(object)
      case .daemonSet(var object):
        object.meta = newValue
        self = .daemonSet(object)
      case .deployment(var object):
        object.meta = newValue
        self = .deployment(object)
      case .horizontalPodAutoscaler(var object):
        object.meta = newValue
        self = .horizontalPodAutoscaler(object)
      case .job(var object):
        object.meta = newValue
        self = .job(object)
      case .limitRange(var object):
        object.meta = newValue
        self = .limitRange(object)
      case .namespace(var object):
        object.meta = newValue
        self = .namespace(object)
      case .node(var object):
        object.meta = newValue
        self = .node(object)
      case .opaque(var object):
        object.meta = newValue
        self = .opaque(object)
      case .persistentVolumeClaim(var object):
        object.meta = newValue
        self = .persistentVolumeClaim(object)
      case .pod(var object):
        object.meta = newValue
        self = .pod(object)
      case .podDisruptionBudget(var object):
        object.meta = newValue
        self = .podDisruptionBudget(object)
      case .priorityClass(var object):
        object.meta = newValue
        self = .priorityClass(object)
      case .replicaSet(var object):
        object.meta = newValue
        self = .replicaSet(object)
      case .resourceQuota(var object):
        object.meta = newValue
        self = .resourceQuota(object)
      case .service(var object):
        object.meta = newValue
        self = .service(object)
      case .statefulSet(var object):
        object.meta = newValue
        self = .statefulSet(object)
      }
    }
  }

  public var key: ObjectKey {
    ObjectKey(kind, namespace: meta.namespace, name: meta.name)
  }
}
