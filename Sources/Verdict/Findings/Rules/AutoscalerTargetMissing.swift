import ClusterAPI

/// An autoscaler names a workload that nothing in the manifests is.
enum AutoscalerTargetMissing: FindingRule {
  static let id = "autoscaler-target-missing"
  static let title = "an autoscaler's target is not there"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    tree.objects.compactMap { object in
      guard case .horizontalPodAutoscaler(let autoscaler) = object,
        ["Deployment", "StatefulSet", "ReplicaSet"].contains(autoscaler.targetKind)
      else { return nil }
      let target = autoscaler.target
      if tree.object(target) != nil { return nil }
      let local = tree.workloads.filter { $0.namespace == target.namespace }
      if let other = local.first(where: { $0.key.name == target.name }) {
        return finding(
          .error, object.key, part: target.short,
          "it scales \(autoscaler.targetAPIVersion) \(target.short), but the manifests hold "
            + "\(other.key.kind.group) \(other.key.short): it finds nothing to scale (FailedGetScale)",
          .when("unless \(target.short) exists too"))
      }
      let names = local.map(\.key).filter { $0.kind.name == autoscaler.targetKind }
      guard !names.isEmpty else { return nil }
      return finding(
        .note, object.key, part: target.short,
        "it scales \(target.short), which the manifests do not hold, though they hold "
          + "\(names.prefix(3).map(\.short).joined(separator: ", "))",
        .when("unless \(target.short) exists"))
    }
  }
}
