public import ClusterAPI

/// The queries of the ready pods of a workload by revision, over kube-state-metrics.
///
/// Terminating pods do not count, though they may be ready on: their controllers do not count them either.
public enum ReadyQueries {
  /// The labels of pods that have to be shown (`--metric-labels-allowlist`).
  public static let labels = [revisionLabel]

  private static let revisionLabel = "controller-revision-hash"

  /// By ReplicaSet, or by the hash of the revision.
  ///
  /// - Parameter workload: a Deployment, a StatefulSet or a DaemonSet.
  public static func ready(_ workload: ObjectKey) -> String {
    switch workload.kind {
    case .statefulSet: ready(workload, pods: "[0-9]+", .revision)
    case .daemonSet: ready(workload, pods: "[a-z0-9]{5}", .revision)
    default: ready(workload, pods: "[a-z0-9]+-[a-z0-9]{5}", .replicaSet)
    }
  }

  /// The name of a revision among the answers.
  static func revision(_ label: (String) -> String, of workload: ObjectKey) -> String {
    let hash = label(By.revision.rawValue)
    switch workload.kind {
    case .statefulSet: return hash
    case .daemonSet: return "\(workload.name)-\(hash)"
    default: return label(By.replicaSet.rawValue)
    }
  }

  /// A label that tells revisions, and what pods have it.
  private enum By: String {
    case replicaSet = "created_by_name"
    case revision = "label_controller_revision_hash"
  }

  private static func ready(_ workload: ObjectKey, pods: String, _ by: By) -> String {
    let name = workload.name.split(separator: ".", omittingEmptySubsequences: false)
      .joined(separator: "[.]")
    let pods = "namespace=\"\(workload.namespace)\",pod=~\"\(name)-\(pods)\""
    let own =
      switch by {
      case .replicaSet: "kube_pod_info{\(pods),created_by_kind=\"ReplicaSet\"}"
      case .revision: "kube_pod_labels{\(pods)}"
      }
    let same = "on (namespace, pod, uid)"
    return "sum by (\(by.rawValue)) (\(own) * \(same) group_left () "
      + "(kube_pod_status_ready{\(pods),condition=\"true\"} unless \(same) "
      + "kube_pod_deletion_timestamp{\(pods)}))"
  }
}
