extension ClusterObject {
  /// What its pods are made from, of a workload.
  public var template: PodTemplate? {
    switch self {
    case .deployment(let object): object.spec.template
    case .replicaSet(let object): object.spec.template
    case .statefulSet(let object): object.template
    case .daemonSet(let object): object.template
    case .job(let object): object.template
    default: nil
    }
  }
}
