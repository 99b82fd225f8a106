extension PodSpec {
  static let serviceAccount = Kind("ServiceAccount")

  /// What a pod cannot start without, in the order in which its spec names it; optional ones are left out.
  public var references: [LocalReference] {
    var found: [LocalReference] = []
    for volume in volumes {
      switch volume.source {
      case .reference(let reference): found.append(reference)
      case .persistentVolumeClaim(let name, _):
        found.append(LocalReference(kind: .persistentVolumeClaim, name: name))
      case .emptyDir, .other: break
      }
    }
    for container in initContainers + containers {
      found += container.environmentFrom
      for variable in container.environment {
        switch variable.source {
        case .configMapKey(let name, _, let optional):
          found.append(LocalReference(kind: .configMap, name: name, optional: optional))
        case .secretKey(let name, _, let optional):
          found.append(LocalReference(kind: .secret, name: name, optional: optional))
        case .value, .field, .resource: break
        }
      }
    }
    found += imagePullSecrets.map { LocalReference(kind: .secret, name: $0) }
    if let name = serviceAccountName, name != "default" {
      found.append(LocalReference(kind: PodSpec.serviceAccount, name: name))
    }
    return found.filter { !$0.optional && !$0.name.isEmpty }
  }
}
