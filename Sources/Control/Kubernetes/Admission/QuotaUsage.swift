public import ClusterAPI

/// What an object counts for in quotas (`quota/v1/evaluator/core`, Kubernetes 1.36).
public enum QuotaUsage {
  /// Of a pod that has not ended.
  public static func of(_ spec: PodSpec) -> ResourceList {
    var usage = compute(PodResources.requests(spec), PodResources.limits(spec))
    usage["count/pods"] = Quantity(1)
    return usage
  }

  /// Of a pod that has ended but is there.
  public static let endedPod: ResourceList = ["count/pods": Quantity(1)]

  /// Of any other object.
  public static func of(_ object: ClusterObject) -> ResourceList {
    let resource = resource(object.kind)
    var usage: ResourceList = ["count/" + resource: Quantity(1)]
    switch object {
    case .configMap, .secret, .resourceQuota: usage[resource] = Quantity(1)
    case .service(let service):
      usage["services"] = Quantity(1)
      let opensNodes = service.type == "NodePort" || service.type == "LoadBalancer"
      if service.type == "LoadBalancer" { usage["services.loadbalancers"] = Quantity(1) }
      if opensNodes { usage["services.nodeports"] = Quantity(Int64(service.ports.count)) }
    case .persistentVolumeClaim(let claim):
      usage["persistentvolumeclaims"] = Quantity(1)
      usage["requests.storage"] = claim.resources.requests["storage"]
      if let storage = claim.storageClassName {
        let prefix = storage + ".storageclass.storage.k8s.io/"
        usage[prefix + "persistentvolumeclaims"] = Quantity(1)
        usage[prefix + "requests.storage"] = claim.resources.requests["storage"]
      }
    default: break
    }
    return usage
  }

  /// The API's name of a kind with its group, as in `replicasets.apps`.
  public static func resource(_ kind: Kind) -> String {
    let name = kind.name.lowercased()
    let plural = name.hasSuffix("class") ? name + "es" : name + "s"
    return kind.group.isEmpty ? plural : plural + "." + kind.group
  }

  /// `podComputeUsageHelper`
  static func compute(_ requests: ResourceList, _ limits: ResourceList) -> ResourceList {
    var usage: ResourceList = ["pods": Quantity(1)]
    for (name, amount) in requests {
      if isNative(name) || name.hasPrefix("hugepages-") { usage[name] = amount }
      usage["requests." + name] = amount
    }
    for (name, amount) in limits where isNative(name) { usage["limits." + name] = amount }
    return usage
  }

  /// Whether a quota on `name` is about pods (`podEvaluator.MatchingResources`).
  static func concernsPods(_ name: String) -> Bool {
    if name == "pods" || name == "count/pods" || name.hasPrefix("hugepages-") { return true }
    if isNative(name) { return true }
    if name.hasPrefix("limits.") { return isNative(String(name.dropFirst(7))) }
    return name.hasPrefix("requests.") && name != "requests.storage"
  }

  private static func isNative(_ name: String) -> Bool {
    name == "cpu" || name == "memory" || name == "ephemeral-storage"
  }

  /// So many times an amount.
  static func times(_ amount: Quantity, _ count: Int) -> Quantity {
    var (sum, power, rest) = (Quantity.zero, amount, count)
    while rest > 0 {
      if rest % 2 == 1 { sum.add(power) }
      power = power + power
      rest /= 2
    }
    return sum
  }
}

extension ResourceList {
  /// Adds `count` times what something counts for, of the resources that are there already.
  public mutating func count(_ usage: ResourceList, times count: Int = 1) {
    for (name, amount) in usage {
      if let present = self[name] { self[name] = present + QuotaUsage.times(amount, count) }
    }
  }
}
