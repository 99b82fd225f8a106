public import ClusterAPI

/// In which order objects of several kinds are applied: what others need comes first
/// (`releaseutil.InstallOrder` of Helm, the `legacy` order of kustomize).
public enum ApplyOrder {
  private static let names = [
    "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange",
    "PodSecurityPolicy", "PodDisruptionBudget", "ServiceAccount", "Secret", "ConfigMap",
    "StorageClass", "PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition",
    "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "Service", "DaemonSet", "Pod",
    "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet",
    "Job", "CronJob", "IngressClass", "Ingress", "APIService",
  ]

  /// Kinds that the list does not have come last.
  static func rank(_ kind: Kind) -> Int { names.firstIndex(of: kind.name) ?? names.count }

  /// Those of one rank by kind and name.
  public static func sorted(_ keys: [ObjectKey]) -> [ObjectKey] {
    keys.sorted { a, b in
      let (first, second) = (rank(a.kind), rank(b.kind))
      return first == second ? a < b : first < second
    }
  }
}
