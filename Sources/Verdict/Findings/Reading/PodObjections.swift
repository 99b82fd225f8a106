import ClusterAPI

/// What the API server objects to in a pod beyond its single fields: names that nothing has, and names
/// that two have (`ValidatePodSpec`).
struct PodObjections {
  struct Objection: Hashable {
    /// The field.
    var part: String
    /// In the API's words.
    var reason: String
  }

  private(set) var all: [Objection] = []

  init(_ workload: ExaminedWorkload) {
    let spec = workload.spec
    var volumes = spec.volumes.map(\.name)
    duplicates(volumes, "volumes", "name")
    if case .statefulSet(let set) = workload.object {
      volumes += set.volumeClaimTemplates.map(\.meta.name)
    }
    for (list, containers) in [
      ("initContainers", spec.initContainers), ("containers", spec.containers),
    ] {
      for container in containers {
        let place = "\(list)[\(container.name)]"
        for mount in container.volumeMounts where !volumes.contains(mount.name) {
          add("\(place).volumeMounts[\(mount.name)].name", "Not found: \"\(mount.name)\"")
        }
        duplicates(
          container.volumeMounts.map(\.path), "\(place).volumeMounts", "mountPath",
          "Invalid value: must be unique")
        duplicates(container.ports.compactMap(\.name), "\(place).ports", "name")
        checkPortNames(container, place)
        checkProbes(container, place)
      }
    }
    let ports = spec.containers.flatMap(\.ports)
    duplicates(
      ports.compactMap { port in port.hostPort.map { "\($0)/\(port.networkProtocol)" } },
      "containers.ports", "hostPort")
    if spec.hostNetwork {
      for port in ports {
        guard let hostPort = port.hostPort, hostPort != port.containerPort else { continue }
        add(
          "containers.ports[\(port.containerPort)].hostPort",
          "Invalid value: must match `containerPort` when `hostNetwork` is true")
      }
    }
  }

  private mutating func add(_ part: String, _ reason: String) {
    let objection = Objection(part: part, reason: reason)
    if !all.contains(objection) { all.append(objection) }
  }

  private mutating func duplicates(
    _ values: [String], _ list: String, _ field: String, _ reason: String? = nil
  ) {
    var seen: Set<String> = []
    for value in values where !seen.insert(value).inserted {
      add("\(list)[\(value)].\(field)", reason ?? "Duplicate value: \"\(value)\"")
    }
  }

  /// `IsValidPortName`: 1 to 15 lower-case letters, digits and hyphens, a letter among them.
  private mutating func checkPortNames(_ container: Container, _ place: String) {
    for name in container.ports.compactMap(\.name) where !name.isEmpty {
      let isWord = name.utf8.allSatisfy {
        ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
          || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "-")
      }
      if name.utf8.count > 15 {
        add("\(place).ports[\(name)].name", "Invalid value: must be no more than 15 characters")
      } else if !isWord || name.hasPrefix("-") || name.hasSuffix("-") || name.contains("--")
        || !name.contains(where: \.isLetter)
      {
        add(
          "\(place).ports[\(name)].name",
          "Invalid value: must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
      }
    }
  }

  /// `validateLivenessProbe`, `validateStartupProbe`, `validateReadinessProbe`
  private mutating func checkProbes(_ container: Container, _ place: String) {
    for (kind, probe) in container.probes {
      if kind != .readiness, probe.successThreshold != 1 {
        add("\(place).\(kind.rawValue)Probe.successThreshold", "Invalid value: must be 1")
      }
      if kind == .readiness, probe.terminationGracePeriodSeconds != nil {
        add(
          "\(place).readinessProbe.terminationGracePeriodSeconds",
          "Invalid value: must not be set for readinessProbes")
      }
    }
  }
}
