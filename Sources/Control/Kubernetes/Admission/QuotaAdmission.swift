public import ClusterAPI

/// The admission plugin ResourceQuota: nothing is created that a quota has no room for
/// (Kubernetes 1.36).
public enum QuotaAdmission {
  /// What is about to be created.
  public enum Subject: Hashable, Sendable {
    case pod(PodSpec)
    case object(ClusterObject)
  }

  /// The usage that the quotas of the namespace have with the new object.
  ///
  /// - Parameters:
  ///   - usage: what the object counts for.
  ///   - quotas: of its namespace.
  /// - Returns: per quota the new `status.used`; nil where it stays as it is.
  /// - Throws: when a quota is exceeded, not yet counted, or names a resource that the pod does not.
  public static func admit(
    _ subject: Subject, usage: ResourceList, quotas: [ResourceQuota]
  ) throws(AdmissionError) -> [ResourceList?] {
    var concerned: [Int] = []
    for (index, quota) in quotas.enumerated() where matches(quota, subject) {
      let restricted = quota.status.hard.keys.filter { concerns($0, subject) }
      if case .pod(let spec) = subject, let missing = missing(restricted, spec) {
        throw AdmissionError("failed quota: \(quota.meta.name): must specify \(missing)")
      }
      if restricted.contains(where: { quota.status.used[$0] == nil }) {
        throw AdmissionError(
          "status unknown for quota: \(quota.meta.name), resources: "
            + restricted.joined(separator: ","))
      }
      concerned.append(index)
    }
    var result = [ResourceList?](repeating: nil, count: quotas.count)
    for index in concerned {
      result[index] = try added(usage, to: quotas[index])
    }
    return result
  }

  private static func added(
    _ usage: ResourceList, to quota: ResourceQuota
  ) throws(AdmissionError) -> ResourceList? {
    var used = quota.status.used
    var (requested, present, limited): ([String], [String], [String]) = ([], [], [])
    var isCharged = false
    for (name, amount) in usage where !amount.isZero {
      guard let hard = quota.status.hard[name] else { continue }
      let before = used[name] ?? .zero
      used[name] = before + amount
      isCharged = true
      if before + amount > hard {
        requested.append("\(name)=\(amount.string)")
        present.append("\(name)=\(before.string)")
        limited.append("\(name)=\(hard.string)")
      }
    }
    if requested.isEmpty { return isCharged ? used : nil }
    throw AdmissionError(
      "exceeded quota: \(quota.meta.name), requested: \(requested.joined(separator: ",")), "
        + "used: \(present.joined(separator: ",")), limited: \(limited.joined(separator: ","))")
  }

  /// Whether a quota counts the object: one of its resources concerns it, and every scope holds.
  ///
  /// A quota with a `scopeSelector`, which is kept but not simulated, counts nothing.
  public static func matches(_ quota: ResourceQuota, _ subject: Subject) -> Bool {
    guard quota.hard.keys.contains(where: { concerns($0, subject) }),
      !quota.unmodelled.contains(where: { $0.path.hasPrefix("spec.scopeSelector") })
    else { return false }
    guard case .pod(let spec) = subject else { return quota.scopes.isEmpty }
    return quota.scopes.allSatisfy { holds($0, spec) }
  }

  private static func concerns(_ name: String, _ subject: Subject) -> Bool {
    switch subject {
    case .pod: QuotaUsage.concernsPods(name)
    case .object(let object): QuotaUsage.of(object)[name] != nil
    }
  }

  private static func holds(_ scope: String, _ spec: PodSpec) -> Bool {
    switch scope {
    case "Terminating": spec.activeDeadlineSeconds != nil
    case "NotTerminating": spec.activeDeadlineSeconds == nil
    case "BestEffort": isBestEffort(spec)
    case "NotBestEffort": !isBestEffort(spec)
    case "PriorityClass": !(spec.priorityClassName ?? "").isEmpty
    default: false
    }
  }

  private static func isBestEffort(_ spec: PodSpec) -> Bool {
    QOSClass.of(
      containers: (spec.containers + spec.initContainers).map {
        QOSClass.Resources(requests: $0.resources.requests, limits: $0.resources.limits)
      }) == .bestEffort
  }

  /// cpu and memory that are under quota must be named by every container
  /// (`podEvaluator.Constraints`); nil when they are.
  private static func missing(_ restricted: [String], _ spec: PodSpec) -> String? {
    let named = ["cpu", "memory"]
    let required = restricted.filter { name in
      named.contains { name == $0 || name == "requests." + $0 || name == "limits." + $0 }
    }
    var parts: [String] = []
    for name in required {
      let lacking = (spec.containers + spec.initContainers).filter {
        QuotaUsage.compute($0.resources.requests, $0.resources.limits)[name] == nil
      }
      if lacking.isEmpty { continue }
      parts.append("\(name) for: \(Set(lacking.map(\.name)).sorted().joined(separator: ","))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
