/// The quality-of-service class of a pod, which orders evictions and OOM kills.
public enum QOSClass: String, Hashable, Sendable {
  case guaranteed = "Guaranteed"
  case burstable = "Burstable"
  case bestEffort = "BestEffort"

  /// Requests and limits of one container, or of a pod as a whole.
  public struct Resources: Hashable, Sendable {
    public var requests: ResourceList
    public var limits: ResourceList

    public init(requests: ResourceList = [:], limits: ResourceList = [:]) {
      self.requests = requests
      self.limits = limits
    }
  }

  /// The class of a pod (`qos.ComputePodQOS`).
  ///
  /// Only cpu and memory count, zero amounts count as unset, requests are not defaulted from limits.
  ///
  /// - Parameters:
  ///   - containers: all containers, init containers too.
  ///   - pod: resources given for the pod as a whole; when they name cpu or memory, they alone count.
  public static func of(containers: [Resources], pod: Resources = Resources()) -> QOSClass {
    let atPodLevel = counted.contains { pod.requests[$0] != nil || pod.limits[$0] != nil }
    let parts = atPodLevel ? [pod] : containers
    var requests: ResourceList = [:]
    var limits: ResourceList = [:]
    var allLimited = true
    for part in parts {
      for name in counted {
        if let amount = part.requests[name], amount.sign > 0 {
          requests[name, default: .zero].add(amount)
        }
        if let amount = part.limits[name], amount.sign > 0 {
          limits[name, default: .zero].add(amount)
        } else {
          allLimited = false
        }
      }
    }
    if requests.isEmpty, limits.isEmpty { return .bestEffort }
    return allLimited && requests == limits ? .guaranteed : .burstable
  }

  private static let counted = ["cpu", "memory"]
}
