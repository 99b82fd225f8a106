public import ClusterAPI

/// What workloads refer to by name, and whether the trees of manifests hold it.
public struct References: Sendable {
  /// An object that somebody refers to.
  public struct Reference: Hashable, Sendable {
    /// With the namespace of who refers to it, where its kind has one.
    public var target: ObjectKey
    /// The first that refers to it.
    public var by: ObjectKey
  }

  /// Neither tree holds it: it is assumed to exist.
  public private(set) var assumed: [Reference] = []
  /// Base holds it and head does not.
  public private(set) var lost: [Reference] = []
  /// Labels that nodes must have, as `disk=ssd`.
  public private(set) var nodeLabels: [String] = []

  public init(of head: [ClusterObject], base: [ClusterObject]) {
    var seen: Set<ObjectKey> = []
    for object in head {
      for target in References.targets(of: object) where seen.insert(target).inserted {
        let reference = Reference(target: target, by: object.key)
        if References.holds(head, target) { continue }
        if References.holds(base, target) {
          lost.append(reference)
        } else {
          assumed.append(reference)
        }
      }
      for (key, value) in object.podTemplate?.spec.nodeSelector ?? [:]
      where !key.hasPrefix("kubernetes.io/") && !nodeLabels.contains("\(key)=\(value)") {
        nodeLabels.append("\(key)=\(value)")
      }
    }
    assumed.sort { $0.target < $1.target }
    lost.sort { $0.target < $1.target }
  }

  /// Workloads that refer to an object.
  public static func readers(of key: ObjectKey, in objects: [ClusterObject]) -> [ObjectKey] {
    objects.filter { $0.podTemplate != nil && targets(of: $0).contains(key) }.map(\.key)
  }

  static let storageClass = Kind("StorageClass", group: "storage.k8s.io")

  private static func targets(of object: ClusterObject) -> [ObjectKey] {
    let namespace = object.meta.namespace
    func local(_ kind: Kind, _ name: String) -> ObjectKey {
      ObjectKey(kind, namespace: namespace, name: name)
    }
    var found: [ObjectKey] = []
    if let spec = object.podTemplate?.spec {
      found += spec.references.map { local($0.kind, $0.name) }
      if let name = spec.priorityClassName, !name.hasPrefix("system-") {
        found.append(ObjectKey(.priorityClass, namespace: "", name: name))
      }
    }
    var claims: [PersistentVolumeClaim] = []
    switch object {
    case .statefulSet(let set):
      claims = set.volumeClaimTemplates
      if !set.serviceName.isEmpty { found.append(local(.service, set.serviceName)) }
    case .persistentVolumeClaim(let claim): claims = [claim]
    case .horizontalPodAutoscaler(let autoscaler): found.append(autoscaler.target)
    default: break
    }
    found += claims.compactMap(\.storageClassName).filter { !$0.isEmpty }.map {
      ObjectKey(storageClass, namespace: "", name: $0)
    }
    return found
  }

  /// Objects of kinds that are kept as they stand have the namespace that was written.
  private static func holds(_ objects: [ClusterObject], _ target: ObjectKey) -> Bool {
    objects.contains { object in
      let key = object.key
      guard key.kind.name == target.kind.name, key.name == target.name else { return false }
      return key.namespace == target.namespace
        || (key.namespace.isEmpty && target.namespace == "default")
    }
  }
}
