import ClusterAPI
import Testing
import Units
import World

@testable import Verdict

@Suite struct ReplicasCheckTests {
  /// Three pods before the change at 10 s, seven and then two after it.
  private var trace: RunTrace {
    var trace = Script().trace
    trace.scales = [(1, 9), (5, 3), (20, 7), (30, 2), (40, 4)].map {
      WorkloadScale(
        at: at($0.0), key: web, replicas: $0.1, strategy: DeploymentStrategy())
    }
    return trace
  }

  private func result(most: Int? = nil, least: Int? = nil) -> Finding {
    Checks.replicas(.init(deployment: web, most: most, least: least), trace)
  }

  @Test func whatItWasToldFromTheChangeOnCounts() {
    #expect(result(most: 7, least: 2).result == .met)
    #expect(result(most: 9).result == .broken, "nine were wanted before")
    #expect(result(least: 3).result == .broken)
    #expect(result(least: 3).at == at(30))
    #expect(result(most: 7).detail == "deployment/web from 2 to 7 replicas")
  }

  @Test func withoutAnyWriteTheSizeAtTheChangeCounts() {
    var trace = self.trace
    trace.scales = Array(trace.scales.prefix(2))
    let expected = Expectation.Replicas(deployment: web, most: 3, least: 3)
    #expect(Checks.replicas(expected, trace).result == .met)
    trace.scales = []
    #expect(Checks.replicas(expected, trace).result == .inconclusive)
  }
}
