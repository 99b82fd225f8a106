import ClusterAPI

/// Pods that the cluster or its nodes need have no priority: a full node does not take them, and they are
/// driven out like any other.
enum SystemPodWithoutPriority: FindingRule {
  static let id = "system-pod-without-priority"
  static let title = "a pod that the cluster needs has no priority over others"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let isAgent = workload.isDaemonSet && servesNode(workload)
    guard workload.isLasting, isAgent || workload.namespace == "kube-system",
      workload.spec.priorityClassName == nil, (workload.spec.priority ?? 0) == 0
    else { return [] }
    let name = workload.isDaemonSet ? "system-node-critical" : "system-cluster-critical"
    var found = finding(
      .note, workload.key,
      workload.isDaemonSet
        ? "its pods have priority 0: on a full node one stays Pending, and pods of a higher priority drive "
          + "it out"
        : "its pods have priority 0: in a full cluster they stay Pending, and pods of a higher priority "
          + "drive them out",
      .when(workload.isDaemonSet ? "if a node is full" : "if the nodes are full"))
    found.remedies = [
      .pod(
        "the priority of system pods", workload.key,
        [.init("priorityClassName", .string(name))])
    ]
    return [found]
  }

  /// Whether other pods of the node need it: it serves volumes, the network or devices.
  private static func servesNode(_ workload: ExaminedWorkload) -> Bool {
    let folders = [
      "/var/lib/kubelet/plugins", "/var/lib/kubelet/device-plugins", "/etc/cni", "/opt/cni",
    ]
    return workload.containers.contains { container in
      container.volumeMounts.contains { mount in folders.contains(where: mount.path.hasPrefix) }
    }
      || workload.unmodelled.contains { field in
        field.path.hasSuffix(".hostPath")
          && folders.contains { folder in
            field.value["path"]?.text?.hasPrefix(folder) ?? false
          }
      }
  }
}
