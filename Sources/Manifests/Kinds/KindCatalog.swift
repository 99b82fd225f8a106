public import ClusterAPI

/// The kinds that are simulated, or that what is simulated depends on.
public enum KindCatalog {
  static let all: [KindReader] = [
    .configMap,
    .daemonSet,
    .deployment,
    .horizontalPodAutoscaler,
    .horizontalPodAutoscalerV1,
    .horizontalPodAutoscalerV2beta1,
    .job,
    .limitRange,
    .namespace,
    .node,
    .persistentVolumeClaim,
    .pod,
    .podDisruptionBudget,
    .priorityClass,
    .replicaSet,
    .resourceQuota,
    .secret,
    .service,
    .statefulSet,
  ]

  /// The kinds in alphabetical order, each with the API versions that are read.
  public static var kinds: [(kind: Kind, apiVersions: [String])] {
    var kinds: [(kind: Kind, apiVersions: [String])] = []
    for reader in all {
      let versions = reader.versions.map(\.apiVersion)
      if kinds.last?.kind == reader.kind {
        kinds[kinds.count - 1].apiVersions += versions
      } else {
        kinds.append((reader.kind, versions))
      }
    }
    return kinds
  }

  /// What may be written in a document of a kind; nil for versions that no table reads.
  package static func shape(apiVersion: String, kind: String) -> Shape? {
    all.first { reader in
      reader.kind.name == kind && reader.versions.contains { $0.apiVersion == apiVersion }
    }?.shape
  }
}
