public import ClusterAPI
public import Units

/// What the Deployment controller looks at of one ReplicaSet.
public struct ReplicaSetView: Hashable, Sendable {
  public var name: String
  /// Its template equals the Deployment's.
  public var isNew: Bool
  public var created: Timestamp
  public var specReplicas: Int
  public var statusReplicas: Int
  public var readyReplicas: Int
  public var availableReplicas: Int
  /// `deployment.kubernetes.io/desired-replicas` and `.../max-replicas`, as they are written.
  public var desiredAnnotation: String?
  public var maxAnnotation: String?
  /// Its condition ReplicaFailure, when it has one: why pods cannot be created or deleted.
  public var replicaFailure: Condition?

  public init(
    name: String, isNew: Bool, created: Timestamp, specReplicas: Int, statusReplicas: Int,
    readyReplicas: Int, availableReplicas: Int, desiredAnnotation: String? = nil,
    maxAnnotation: String? = nil, replicaFailure: Condition? = nil
  ) {
    self.name = name
    self.isNew = isNew
    self.created = created
    self.specReplicas = specReplicas
    self.statusReplicas = statusReplicas
    self.readyReplicas = readyReplicas
    self.availableReplicas = availableReplicas
    self.desiredAnnotation = desiredAnnotation
    self.maxAnnotation = maxAnnotation
    self.replicaFailure = replicaFailure
  }
}

extension ReplicaSetView {
  /// Chosen ReplicaSets by creation time, ties by name (`ReplicaSetsByCreationTimestamp`).
  static func oldestFirst(_ indices: [Int], _ sets: [ReplicaSetView]) -> [Int] {
    indices.sorted {
      sets[$0].created == sets[$1].created
        ? sets[$0].name < sets[$1].name : sets[$0].created < sets[$1].created
    }
  }
}
