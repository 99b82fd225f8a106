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
  /// See `PodResources.requests`.
  public init(_ spec: PodSpec) {
    let plain = PodResources.requests(spec)
    let filled = PodResources.requests(
      spec,
      missing: ["cpu": Quantity(milli: 100), "memory": Quantity(200 * 1024 * 1024)])
    self.init(
      milliCPU: plain["cpu"]?.milliValue ?? 0, memory: plain["memory"]?.value ?? 0,
      nonZeroMilliCPU: filled["cpu"]?.milliValue ?? 0, nonZeroMemory: filled["memory"]?.value ?? 0)
    for (name, amount) in plain where name != "cpu" && name != "memory" {
      others[name] = amount.value
    }
  }
}
