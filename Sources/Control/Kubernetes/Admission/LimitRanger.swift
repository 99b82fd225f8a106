public import ClusterAPI

/// The admission plugin LimitRanger: defaults and bounds of what containers ask for (Kubernetes 1.36).
public enum LimitRanger {
  /// Gives containers the limits and requests that they lack and a range of type `Container` names.
  public static func setDefaults(_ spec: inout PodSpec, _ ranges: [LimitRange]) {
    for range in ranges {
      var defaults = ResourceRequirements()
      for item in range.limits where item.type == "Container" {
        for (name, amount) in item.defaultRequests { defaults.requests[name] = amount }
        for (name, amount) in item.defaultLimits { defaults.limits[name] = amount }
      }
      for index in spec.containers.indices {
        spec.containers[index].resources.fill(from: defaults)
      }
      for index in spec.initContainers.indices {
        spec.initContainers[index].resources.fill(from: defaults)
      }
    }
  }

  /// Checks a pod against every range; the first that it violates refuses it, with all its reasons.
  public static func validate(
    _ spec: PodSpec, _ ranges: [LimitRange]
  ) throws(AdmissionError) {
    for range in ranges {
      var problems: [String] = []
      for item in range.limits {
        switch item.type {
        case "Container":
          for container in spec.containers + spec.initContainers {
            problems += item.problems(container.resources)
          }
        case "Pod": problems += item.problems(together(spec))
        default: break
        }
      }
      if let error = AdmissionError(all: problems) { throw error }
    }
  }

  /// What the range counts as the pod's own: the sum over the containers, of resources that all of
  /// them name, or what one init container asks for when that is more.
  private static func together(_ spec: PodSpec) -> ResourceRequirements {
    var all = ResourceRequirements(
      requests: sum(spec.containers.map(\.resources.requests)),
      limits: sum(spec.containers.map(\.resources.limits)))
    for container in spec.initContainers {
      all.requests.raise(to: container.resources.requests)
      all.limits.raise(to: container.resources.limits)
    }
    return all
  }

  private static func sum(_ lists: [ResourceList]) -> ResourceList {
    var total: ResourceList = [:]
    for name in lists.first?.keys ?? [] where lists.allSatisfy({ $0[name] != nil }) {
      var amount: Int64 = 0
      for list in lists {
        let one = list[name] ?? .zero
        amount += name == "cpu" ? one.milliValue : one.value
      }
      total[name] = name == "cpu" ? Quantity(milli: amount) : Quantity(amount)
    }
    return total
  }
}

extension ResourceRequirements {
  fileprivate mutating func fill(from defaults: ResourceRequirements) {
    for (name, amount) in defaults.limits where limits[name] == nil { limits[name] = amount }
    for (name, amount) in defaults.requests where requests[name] == nil { requests[name] = amount }
  }
}

extension LimitRange.Item {
  /// What requests and limits violate, in the order min, max, ratio and by resource.
  fileprivate func problems(_ resources: ResourceRequirements) -> [String] {
    minimum.compactMap { below($0.key, $0.value, resources) }
      + maximum.compactMap { above($0.key, $0.value, resources) }
      + maxLimitRequestRatio.compactMap { beyondRatio($0.key, $0.value, resources) }
  }

  private func below(_ name: String, _ bound: Quantity, _ of: ResourceRequirements) -> String? {
    let start = "minimum \(name) usage per \(type) is \(bound.string)"
    guard let request = of.requests[name] else { return start + ".  No request is specified" }
    if request < bound { return start + ", but request is \(request.string)" }
    if let limit = of.limits[name], limit < bound {
      return start + ", but limit is \(limit.string)"
    }
    return nil
  }

  private func above(_ name: String, _ bound: Quantity, _ of: ResourceRequirements) -> String? {
    let start = "maximum \(name) usage per \(type) is \(bound.string)"
    guard let limit = of.limits[name] else { return start + ".  No limit is specified" }
    if limit > bound { return start + ", but limit is \(limit.string)" }
    if let request = of.requests[name], request > bound {
      return start + ", but request is \(request.string)"
    }
    return nil
  }

  private func beyondRatio(
    _ name: String, _ bound: Quantity, _ of: ResourceRequirements
  ) -> String? {
    let start = "\(name) max limit to request ratio per \(type) is \(bound.string), but "
    guard let request = of.requests[name], !request.isZero else {
      return start + "no request is specified or request is 0"
    }
    guard let limit = of.limits[name], !limit.isZero else {
      return start + "no limit is specified or limit is 0"
    }
    let isFine = max(request.value, limit.value) <= Int64.max / 1000
    let (asked, limited) =
      isFine ? (request.milliValue, limit.milliValue) : (request.value, limit.value)
    if Int128(limited) * 1000 <= Int128(bound.milliValue) * Int128(asked) { return nil }
    // As `%f` writes it.
    let millionths = (Int128(limited) * 1_000_000 + Int128(asked) / 2) / Int128(asked)
    let fraction = String(Int64(millionths % 1_000_000) + 1_000_000).dropFirst()
    return start + "provided ratio is \(millionths / 1_000_000).\(fraction)"
  }
}
