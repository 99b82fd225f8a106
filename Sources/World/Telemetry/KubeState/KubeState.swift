public import ClusterAPI
import PromQL

/// What kube-state-metrics 2 exposes of the objects of a cluster: names, labels and values are its own.
///
/// A series says what the API server holds, so it is a function of the object alone. Left out is what
/// the objects of a simulation do not hold, and the families of annotations.
public enum KubeState {
  /// What of an object is exposed.
  public struct Options: Sendable {
    /// Which of its labels are shown as `kube_*_labels`.
    public var labels: LabelAllowlist
    /// Which series somebody reads.
    let wanted: WantedFamilies
    /// Those of the target, which a series has beside its own.
    let targetLabels: PromQL.Labels

    public init(labels: LabelAllowlist = LabelAllowlist(), wanted: WantedSeries = .all) {
      self.labels = labels
      self.wanted = WantedFamilies(wanted)
      targetLabels = .empty
    }

    /// As a target shows them.
    init(labels: LabelAllowlist, wanted: WantedSeries, of target: Target) {
      self.labels = labels
      self.wanted = WantedFamilies(wanted)
      targetLabels = target.labels
    }

    func mayWant(_ pod: PodState) -> Bool {
      wanted.mayWantPod([("namespace", pod.namespace), ("pod", pod.name), ("uid", pod.uid)])
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
    func digits(_ bits: Range<Int>) -> String {
      let part = (uid << (64 - bits.upperBound)) >> (64 - bits.count)
      let digits = String(part, radix: 16)
      return String(repeating: "0", count: bits.count / 4 - digits.count) + digits
    }
    return "\(digits(32..<64))-\(digits(16..<32))-4000-8000-00000000\(digits(0..<16))"
  }
}
