public import ClusterAPI

/// What kube-state-metrics 2 exposes of the objects of a cluster: names, labels and values are its own.
///
/// A series says what the API server holds, so it is a function of the object alone. Left out is what
/// the objects of a simulation do not hold, and the families of annotations.
public enum KubeState {
  /// What of an object is exposed.
  public struct Options: Sendable {
    /// Which of its labels are shown as `kube_*_labels`.
    public var labels: LabelAllowlist
    /// The names of the families that somebody reads; nil: all of them.
    public var families: Set<String>?

    public init(labels: LabelAllowlist = LabelAllowlist(), families: Set<String>? = nil) {
      self.labels = labels
      self.families = families
    }
  }

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
  /// - Parameter epoch: Unix seconds of the first instant, from which the object's timestamps count.
  public static func expose(
    _ object: ClusterObject, epoch: Int64, options: Options = Options()
  ) -> Exposition {
    switch object {
    case .configMap(let object): expose(configMap: object, epoch, options)
    case .daemonSet(let object): expose(object, epoch, options)
    case .deployment(let object): expose(object, epoch, options)
    case .horizontalPodAutoscaler(let object): expose(object, epoch, options)
    case .job(let object): expose(object, epoch, options)
    case .limitRange(let object): expose(object, epoch, options)
    case .namespace(let object): expose(object, epoch, options)
    case .persistentVolumeClaim(let object): expose(object, epoch, options)
    case .podDisruptionBudget(let object): expose(object, epoch, options)
    case .replicaSet(let object): expose(object, epoch, options)
    case .resourceQuota(let object): expose(object, epoch, options)
    case .secret(let object): expose(secret: object, epoch, options)
    case .service(let object): expose(object, epoch, options)
    case .statefulSet(let object): expose(object, epoch, options)
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
