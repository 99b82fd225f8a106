/// The requests that past use suggests (`podResourceRecommender`, Vertical Pod Autoscaler 1.8).
public struct ResourceRecommender: Hashable, Sendable {
  public struct Percentiles: Hashable, Sendable {
    public var cpu: Double
    public var memory: Double

    public init(cpu: Double, memory: Double) {
      self.cpu = cpu
      self.memory = memory
    }
  }

  public struct Amounts: Hashable, Sendable {
    public var cpuMilli: Int64
    public var memoryBytes: Int64
  }

  /// The request, and the bounds within which a pod need not be restarted to get it.
  public struct Recommendation: Hashable, Sendable {
    public var target: Amounts
    public var lowerBound: Amounts
    public var upperBound: Amounts
  }

  public var target = Percentiles(cpu: 0.9, memory: 0.9)
  public var lowerBound = Percentiles(cpu: 0.5, memory: 0.5)
  public var upperBound = Percentiles(cpu: 0.95, memory: 0.95)
  /// Added to the use.
  public var safetyMargin = 0.15
  /// The least that a whole pod gets, shared evenly by its containers.
  public var podMinCPUMilli = 25.0
  /// In units of 1024 * 1024 bytes.
  public var podMinMemoryMega = 250.0
  /// Seconds of history of one sample a minute for a confidence of 1.
  public var confidenceInterval: Int64 = 86_400

  public init() {}

  /// The recommendations for the containers of one pod, in their order.
  public func recommendations(for containers: [ContainerUsage]) -> [Recommendation] {
    let share = 1 / Double(containers.count)
    let least = Amounts(
      cpuMilli: ResourceAmount.scaled(
        ResourceAmount.of(podMinCPUMilli * 0.001 * 1000), by: share),
      memoryBytes: ResourceAmount.scaled(
        ResourceAmount.of(podMinMemoryMega * 1024 * 1024), by: share))
    return containers.map { usage in
      let confidence = usage.confidence(interval: confidenceInterval)
      // Little history makes the bounds wide, the upper one far more than the lower one.
      let wider = 1 + 1 / confidence
      let narrower = Power.of(1 + 0.001 / confidence, -2)
      return Recommendation(
        target: amounts(usage, target, nil, least),
        lowerBound: amounts(usage, lowerBound, narrower, least),
        upperBound: amounts(usage, upperBound, wider, least))
    }
  }

  private func amounts(
    _ usage: ContainerUsage, _ percentiles: Percentiles, _ factor: Double?, _ least: Amounts
  ) -> Amounts {
    let amount = { (used: Int64, least: Int64) -> Int64 in
      let padded = used + ResourceAmount.scaled(used, by: safetyMargin)
      return max(factor.map { ResourceAmount.scaled(padded, by: $0) } ?? padded, least)
    }
    return Amounts(
      cpuMilli: amount(
        ResourceAmount.of(usage.cpu.percentile(percentiles.cpu) * 1000), least.cpuMilli),
      memoryBytes: amount(
        ResourceAmount.of(usage.memoryPeaks.percentile(percentiles.memory)), least.memoryBytes))
  }
}
