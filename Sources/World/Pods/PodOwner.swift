public import ClusterAPI
import Kernel
public import Units

/// What pods are made from: a ReplicaSet, one revision of a StatefulSet or of a DaemonSet, a Job, or
/// the manifest of a single pod.
///
/// A row stays when its object is gone. Its template and labels never change.
public struct PodOwner: Sendable {
  /// The ReplicaSet, the ControllerRevision, the Job; of a single pod the pod itself.
  public let key: ObjectKey
  public let uid: UInt64
  /// What its pods count for: the Deployment, the StatefulSet, the DaemonSet; else the same as `key`.
  public let workload: ObjectKey
  /// The workload's row in the table of its kind.
  let row: UInt32
  public let template: TemplateID
  /// What the scheduler spreads its pods by; nil: they are not spread for their owner's sake.
  let selector: LabelSelector?
  /// What its controller adds to the labels of the template.
  let ownLabels: Labels
  /// Pods made so far.
  var made: UInt32 = 0
  /// The same by slot.
  var madeAgain: [PodSlot: UInt32] = [:]

  /// The labels of its pods, but for those that tell one of them from the others.
  func labels(of template: PodTemplate) -> Labels {
    var labels = template.labels
    for (key, value) in ownLabels { labels[key] = value }
    return labels
  }
}

/// A pod that nobody made, as it was written, and its row.
struct SinglePod: Sendable {
  var object: Pod
  var id: PodID
}

extension PodTable {
  /// The pod that is there under a name which is not generated.
  func named(_ key: ObjectKey) -> PodID? {
    guard let pod = names[key], !views[pod.index].gone else { return nil }
    return pod
  }
}
