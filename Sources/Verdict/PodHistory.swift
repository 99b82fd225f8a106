import ClusterAPI
import Units

/// How many pods of one Deployment there are at an instant.
struct PodCounts: Hashable, Sendable {
  /// Not terminating; by ReplicaSet.
  var existing: [Int]
  var ready: [Int]

  var allExisting: Int { existing.reduce(0, +) }
  var allReady: Int { ready.reduce(0, +) }
}

/// The pods of one Deployment over the run: a step function.
struct PodHistory {
  struct Step {
    var at: Instant
    var counts: PodCounts
  }

  /// Ascending in time; one step for each instant at which something changed.
  private(set) var steps: [Step] = []

  init(_ trace: RunTrace, of workload: ObjectKey) {
    var counts = PodCounts(
      existing: Array(repeating: 0, count: trace.replicaSets.count),
      ready: Array(repeating: 0, count: trace.replicaSets.count))
    var exists = Array(repeating: false, count: trace.pods.count)
    var isReady = exists
    for entry in trace.timeline {
      guard let pod = entry.happening.pod, trace.pods[pod.index].workload == workload else {
        continue
      }
      let (index, set) = (pod.index, trace.pods[pod.index].replicaSet)
      switch entry.happening {
      case .podCreated:
        exists[index] = true
        counts.existing[set] += 1
      case .podReady where exists[index] && !isReady[index]:
        isReady[index] = true
        counts.ready[set] += 1
      case .podUnready where isReady[index]:
        isReady[index] = false
        counts.ready[set] -= 1
      case .podTerminating, .podGone:
        if isReady[index] { counts.ready[set] -= 1 }
        if exists[index] { counts.existing[set] -= 1 }
        isReady[index] = false
        exists[index] = false
      default: continue
      }
      if steps.last?.at == entry.at { steps.removeLast() }
      steps.append(Step(at: entry.at, counts: counts))
    }
  }

  /// The spans over which counts were constant, from `from` to `to`.
  func spans(from: Instant, to: Instant) -> [(from: Instant, to: Instant, counts: PodCounts)] {
    var result: [(from: Instant, to: Instant, counts: PodCounts)] = []
    for (index, step) in steps.enumerated() {
      let next = index + 1 < steps.count ? steps[index + 1].at : to
      let (begin, end) = (max(step.at, from), min(next, to))
      if begin < end { result.append((begin, end, step.counts)) }
    }
    return result
  }
}

extension Happening {
  /// The pod that it is about.
  var pod: PodID? {
    switch self {
    case .podCreated(let pod), .podReady(let pod), .podUnready(let pod), .podTerminating(let pod),
      .podGone(let pod):
      pod
    default: nil
    }
  }
}
