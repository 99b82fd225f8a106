public import ClusterAPI
public import Units

/// Ready pods of a Deployment by ReplicaSet, sampled at even intervals.
public struct PodSeries {
  /// In the order in which the ReplicaSets were made.
  public private(set) var ready: [(replicaSet: Int, values: [Int64])]

  public init(
    _ trace: RunTrace, _ workload: ObjectKey, from: Instant, count: Int, interval: Span
  ) {
    ready = trace.replicaSets.indices.map {
      (replicaSet: $0, values: Array(repeating: 0, count: count))
    }
    let history = PodHistory(trace, of: workload)
    var step = 0
    for index in 0..<count {
      let at = from + interval * Int64(index + 1)
      while step + 1 < history.steps.count, history.steps[step + 1].at < at { step += 1 }
      guard step < history.steps.count, history.steps[step].at < at else { continue }
      for (set, value) in history.steps[step].counts.ready.enumerated() {
        ready[set].values[index] = Int64(value)
      }
    }
  }
}
