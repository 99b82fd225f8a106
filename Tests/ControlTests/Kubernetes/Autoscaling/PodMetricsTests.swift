import ClusterAPI
import Control
import Testing
import Units

/// Metrics are matched with pods by name, in whatever order both come.
struct PodMetricsTests {
  private func pod(_ name: String, _ phase: AutoscaledPod.Phase = .running) -> AutoscaledPod {
    AutoscaledPod(
      name: name, phase: phase, isDeleting: false, ready: .yes, readyTransition: .zero,
      startTime: .zero, containers: [.init(name: "app", requests: ["cpu": Quantity(milli: 100)])])
  }

  private func size(
    _ pods: [AutoscaledPod], _ metrics: [(String, Int64)]
  ) throws -> ReplicaCalculation.Proposal {
    let calculation = ReplicaCalculation(
      currentReplicas: pods.count, pods: pods,
      tolerances: Tolerances(scaleDown: 0.1, scaleUp: 0.1),
      settings: AutoscalingSettings(), now: .zero + .seconds(3600))
    let served = PodMetrics(
      metrics.map { ($0.0, PodMetric(milli: $0.1, timestamp: .zero + .seconds(3590))) })
    return try calculation.replicas(served, of: "cpu", container: nil, utilization: 50)
  }

  @Test func theLastOfSeveralValuesStays() {
    let metrics = PodMetrics([
      ("a", PodMetric(milli: 1)), ("b", PodMetric(milli: 2)), ("a", PodMetric(milli: 3)),
    ])
    #expect(metrics.entries.map(\.name) == ["a", "b"])
    #expect(metrics["a"]?.milli == 3)
    #expect(metrics["c"] == nil)
  }

  @Test func theOrderDoesNotMatter() throws {
    let pods = ["a", "b", "c", "d"].map { pod($0) }
    let metrics: [(String, Int64)] = [("a", 100), ("b", 80), ("c", 60), ("d", 40), ("gone", 900)]
    let expected = try size(pods, metrics)
    #expect(expected.status.averageUtilization == 70)
    #expect(expected.replicas == 6)
    for shift in 1..<metrics.count {
      #expect(try size(pods, Array(metrics[shift...] + metrics[..<shift])) == expected)
    }
    #expect(try size(pods, metrics.reversed()) == expected)
  }

  @Test func aPodWithoutAMetricIsMissingAnywhere() throws {
    for missing in 0..<4 {
      let pods = ["a", "b", "c", "d"].map { pod($0) }
      var metrics: [(String, Int64)] = ["a", "b", "c", "d"].map { ($0, 10) }
      metrics.remove(at: missing)
      // Filled in with all that it requests: (3 · 10 % + 100 %) / 4 = 32 %, of 50 %.
      #expect(try size(pods, metrics).replicas == 3)
    }
  }

  @Test func aPendingPodCountsAsUnused() throws {
    let pods = [pod("a"), pod("new", .pending), pod("b")]
    // (80 % + 0 % + 80 %) / 3 = 53 %: within the tolerance.
    #expect(try size(pods, [("a", 80), ("b", 80)]).replicas == 3)
  }
}
