public import ClusterAPI

/// What kube-state-metrics 2 exposes of the objects of a cluster: names, labels and values are its own.
///
/// A series says what the API server holds, so it is a function of the object alone. Left out is what
/// the objects of a simulation do not hold, and the families of annotations.
public enum KubeState {
  /// Sorted by name.
  public static let families: [MetricFamily] = [
    autoscalerFamilies, configMapFamilies, daemonSetFamilies, deploymentFamilies,
    disruptionBudgetFamilies, endpointsFamilies, endpointSliceFamilies, jobFamilies,
    limitRangeFamilies, namespaceFamilies, nodeFamilies, persistentVolumeClaimFamilies,
    podFamilies, podContainerFamilies, replicaSetFamilies, resourceQuotaFamilies, secretFamilies,
    serviceFamilies, statefulSetFamilies,
  ].flatMap { $0 }.sorted { $0.name < $1.name }

  /// The series of an object.
  ///
  /// Of pods and nodes there are none: their objects are what a manifest says, and not their state.
  ///
  /// - Parameters:
  ///   - epoch: Unix seconds of the first instant, from which the object's timestamps count.
  ///   - labels: what to show as `kube_*_labels`.
  public static func expose(
    _ object: ClusterObject, epoch: Int64, labels: LabelAllowlist = LabelAllowlist()
  ) -> Exposition {
    switch object {
    case .configMap(let object): expose(configMap: object, epoch, labels)
    case .daemonSet(let object): expose(object, epoch, labels)
    case .deployment(let object): expose(object, epoch, labels)
    case .horizontalPodAutoscaler(let object): expose(object, epoch, labels)
    case .job(let object): expose(object, epoch, labels)
    case .limitRange(let object): expose(object, epoch)
    case .namespace(let object): expose(object, epoch, labels)
    case .persistentVolumeClaim(let object): expose(object, epoch, labels)
    case .podDisruptionBudget(let object): expose(object, epoch, labels)
    case .replicaSet(let object): expose(object, epoch, labels)
    case .resourceQuota(let object): expose(object, epoch, labels)
    case .secret(let object): expose(secret: object, epoch, labels)
    case .service(let object): expose(object, epoch, labels)
    case .statefulSet(let object): expose(object, epoch, labels)
    case .controllerRevision, .node, .opaque, .pod, .priorityClass: Exposition()
    }
  }

  /// A uid in the form of a UUID, as the label `uid` has it; different uids stay different.
  public static func text(uid: UInt64) -> String {
    let digits = String(uid, radix: 16)
    let all = Array(String(repeating: "0", count: 16 - digits.count) + digits)
    return "\(String(all[0..<8]))-\(String(all[8..<12]))-4000-8000-00000000\(String(all[12...]))"
  }
}
