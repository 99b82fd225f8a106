public import ClusterAPI

/// What a pod asks of a node, as the scheduler counts it.
public struct SchedulingRequests: Hashable, Sendable {
  /// Thousandths of a core.
  public var milliCPU: Int64
  /// Bytes.
  public var memory: Int64
  /// Like `milliCPU`, with 100m for every container that names no cpu request: used for scoring.
  public var nonZeroMilliCPU: Int64
  /// Like `memory`, with 200 MiB for every container that names no memory request.
  public var nonZeroMemory: Int64
  /// Whole units of every other resource, ephemeral storage too.
  public var others: SortedMap<Int64>

  public init(
    milliCPU: Int64 = 0, memory: Int64 = 0, nonZeroMilliCPU: Int64? = nil,
    nonZeroMemory: Int64? = nil, others: SortedMap<Int64> = [:]
  ) {
    self.milliCPU = milliCPU
    self.memory = memory
    self.nonZeroMilliCPU = nonZeroMilliCPU ?? milliCPU
    self.nonZeroMemory = nonZeroMemory ?? memory
    self.others = others
  }

  /// The requests of a pod (`resource.PodRequests` and `GetNonzeroRequests`).
  ///
  /// Containers and restartable init containers (sidecars) run together; an ordinary init container
  /// runs before the containers, beside the sidecars that precede it. The larger of the two counts,
  /// plus the pod's overhead.
  public init(_ spec: PodSpec) {
    let plain = SchedulingRequests.total(spec, missing: [:])
    let filled = SchedulingRequests.total(
      spec,
      missing: ["cpu": Quantity(milli: 100), "memory": Quantity(200 * 1024 * 1024)])
    self.init(
      milliCPU: plain["cpu"]?.milliValue ?? 0, memory: plain["memory"]?.value ?? 0,
      nonZeroMilliCPU: filled["cpu"]?.milliValue ?? 0, nonZeroMemory: filled["memory"]?.value ?? 0)
    for (name, amount) in plain where name != "cpu" && name != "memory" {
      others[name] = amount.value
    }
  }

  private static func total(_ spec: PodSpec, missing: ResourceList) -> ResourceList {
    func requests(_ container: Container) -> ResourceList {
      var all = missing
      for (name, amount) in container.resources.requests { all[name] = amount }
      return all
    }
    var running: ResourceList = [:]
    for container in spec.containers { running.add(requests(container)) }
    var sidecars: ResourceList = [:]
    var starting: ResourceList = [:]
    for container in spec.initContainers {
      if container.restartPolicy == "Always" {
        running.add(requests(container))
        sidecars.add(requests(container))
        starting.raise(to: sidecars)
      } else {
        var together = sidecars
        together.add(requests(container))
        starting.raise(to: together)
      }
    }
    running.raise(to: starting)
    running.add(spec.overhead)
    return running
  }
}

extension ResourceList {
  /// Adds the amounts of `other`.
  fileprivate mutating func add(_ other: ResourceList) {
    for (name, amount) in other {
      if let present = self[name] { self[name] = present + amount } else { self[name] = amount }
    }
  }

  /// Raises each amount to that of `other` where it is larger.
  fileprivate mutating func raise(to other: ResourceList) {
    for (name, amount) in other {
      if let present = self[name], present >= amount { continue }
      self[name] = amount
    }
  }
}
