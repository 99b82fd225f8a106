import Chaos
import ClusterAPI
import Control
@testable import Harness
import Kernel
import Manifests
import Recording
import Testing
import Units
import Verdict
import World

private let manifests = """
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: web}
  spec:
    replicas: 2
    selector: {matchLabels: {app: web}}
    template:
      metadata: {labels: {app: web}}
      spec: {containers: [{name: web, image: "web:v1"}]}
  ---
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec: {selector: {app: web}, ports: [{port: 80}]}
  """

private func read(_ spec: String) -> ScenarioReader.Result {
  let indented = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
  return Scenarios.read(
    text: Scenarios.head() + indented.joined(separator: "\n"),
    files: [("web.yaml", manifests), ("load.csv", "seconds,rate\n0,10\n60,20\n")])
}

private func errors(_ spec: String) -> [Diagnostic] {
  read(spec).diagnostics.filter { $0.severity == .error }
}

@Suite struct ScenarioReaderTests {
  @Test(arguments: Scenarios.shipped)
  func aShippedScenarioIsReadWithoutAWord(path: String) throws {
    let result = Scenarios.read(path)
    let words = result.diagnostics.filter { $0.severity > .note }.map(\.description)
    #expect(words == [])
    let scenario = try #require(result.scenario)
    #expect(!scenario.reference.isEmpty)
    #expect(path.hasSuffix("/\(scenario.name).yaml"))
    for load in scenario.loads where !path.contains("/kubernetes/") {
      #expect(load.curve.points.contains { $0.milliRate >= 200_000 }, "less than 200 requests/s")
    }
  }

  @Test func atLeastTwelveAreShipped() {
    #expect(Scenarios.shipped.count >= 12)
  }

  @Test func everyPartIsRead() throws {
    let result = read(
      """
      seeds: [3, 7]
      warmUp: 1m
      cluster:
        pullBandwidth: 250Mi
        delays: recorded
        featureGates: [MaxUnavailableStatefulSet]
        nodePools:
        - name: gpu
          count: 3
          zones: [a, b]
          labels: {disk: ssd}
          taints: [{key: gpu, value: "yes", effect: NoSchedule}]
          machine: {cpu: 8, memory: 32Gi, pods: 50, gpu: {product: H100, count: 4}}
      images:
      - match: "web:*"
        size: 240Mi
        startup: {median: 6s, p99: 20s}
        serviceTime: {mean: 20ms}
        concurrency: 8
        errors: 2%
        cpuPerRequest: 6ms
        memory: {base: 180Mi, leakPerRequest: 2Ki}
      load:
      - {service: web, curve: {trace: load.csv}, timeout: 2s, retries: 1, balancing: leastRequest}
      change: {at: 5m, setImage: {deployment: web, container: web, image: "web:v2"}}
      faults:
      - {at: 6m, for: 1m, kind: errorRate, image: "web:v2", errors: 0.1}
      guards:
      - {deployment: web, watch: 30s, objectives: [{service: web, errorRatio: 1%}]}
      expect:
        outcome: rolledBack
        within: 3m
        restored: true
        regret: none
        objectives: [{service: web, latency: {quantile: 0.95, below: 300ms}}]
        invariants: [NoRequestLost]
      """)
    #expect(result.diagnostics.map(\.description) == [])
    let scenario = try #require(result.scenario)
    #expect(scenario.seeds == [3, 7])
    let options = Plan(scenario).options(seed: 3)
    #expect(options.latencies.pullBandwidth == .mebi(250))
    #expect(options.latencies.controllerQPS == 2000)
    #expect(options.gates.maxUnavailableStatefulSet)
    let nodes = scenario.nodePools.flatMap(\.nodes)
    #expect(nodes.map(\.name) == ["gpu-0", "gpu-1", "gpu-2"])
    #expect(nodes[2].labels["topology.kubernetes.io/zone"] == "a")
    #expect(nodes[0].allocatable["nvidia.com/gpu"] == Quantity(4))
    #expect(nodes[0].taints == [Taint(key: "gpu", value: "yes", effect: .noSchedule)])
    let image = try #require(scenario.images.first)
    #expect(image.startup == .lognormal(median: .seconds(6), p99: .seconds(20)))
    #expect(image.serviceTime == .exponential(mean: .milliseconds(20)))
    #expect(image.errors == Ratio(ppm: 20_000))
    #expect(image.memory == MemoryProfile(base: .mebi(180), leakPerRequest: .kibi(2)))
    let load = try #require(scenario.loads.first)
    // The clock of the load starts with the scenario's, at the end of the warm-up.
    #expect(load.curve.points.map(\.at.ns) == [0, 60_000_000_000, 60_000_000_000, 120_000_000_000])
    #expect(load.curve.points.map(\.milliRate) == [0, 0, 10_000, 20_000])
    #expect(load.balancing == .leastRequest)
    #expect(scenario.faults[0].duration == .minutes(1))
    #expect(scenario.faults[0].values.ratio("errors") == Ratio(ppm: 100_000))
    #expect(scenario.guards[0].watch == .seconds(30))
    #expect(scenario.expect.outcome == .rolledBack)
    #expect(scenario.expect.invariants == ["NoRequestLost"])
    #expect(scenario.files.map(\.name) == ["scenario.yaml", "load.csv", "web.yaml"])
  }

  @Test func allErrorsOfAFileComeInOneGo() {
    let found = errors(
      """
      seed: 5
      warmUp: 30
      images: [{match: "web:*", size: 240, startup: soon, errors: 3}]
      load: [{service: wbe, curve: {}}]
      change: {at: 5m, setImage: {deployment: wen, image: x}}
      faults: [{at: 1m, kind: errorRat, image: x}, {at: 9m, for: 5m, kind: neverReady, image: x}]
      guards: [{deployment: web, watch: 30s, colour: red}]
      expect: {outcome: roledBack, invariants: [NoRequestlost]}
      """)
    let words = found.map(\.message)
    #expect(words.contains("unknown field `seed`"))
    #expect(words.contains("`30` is no length of time"))
    #expect(words.contains("`240` has no unit"))
    #expect(words.contains("`soon` is no length of time"))
    #expect(words.contains("`3` is more than 1"))
    #expect(words.contains("the manifests have no service/wbe"))
    #expect(words.contains("names no curve"))
    #expect(words.contains("the manifests have no deployment/wen"))
    #expect(words.contains { $0.hasPrefix("`errorRat` is none of") })
    #expect(words.contains("the fault neverReady lasts beyond the duration"))
    #expect(words.contains("unknown field `colour`"))
    #expect(words.contains { $0.hasPrefix("`roledBack` is none of") })
    let near = found.compactMap(\.nearest)
    for word in ["seeds", "web", "errorRate", "rolledBack", "NoRequestLost"] {
      #expect(near.contains(word))
    }
    #expect(
      found.first { $0.message == "`30` is no length of time" }?.remedy == "write its unit: `30s`")
    #expect(
      found.first { $0.message == "unknown field `seed`" }?.location.description
        == "scenario.yaml:7:3")
  }

  @Test func aFaultDemandsItsOwnParameters() {
    let found = errors(
      "faults: [{at: 1m, kind: crashLoop, image: \"*\", errors: 3%}]\n"
        + "expect: {invariants: [SurgeBound]}")
    #expect(found.map(\.message) == ["required field is missing", "unknown field `errors`"])
  }

  /// The first one in time is judged, wherever it stands.
  @Test func changesMayStandInAnyOrder() throws {
    let result = read(
      """
      change:
      - {at: 4m, undo: {deployment: web}}
      - {at: 1m, setImage: {deployment: web, image: "web:v2"}}
      expect: {outcome: rolledBack}
      """)
    #expect(result.diagnostics.map(\.description) == [])
    var scenario = try #require(result.scenario)
    #expect(scenario.changes.map(\.at) == [.minutes(1), .minutes(4)])
    let record = ScenarioRun(scenario).record(seed: 1)
    #expect(record.verdict == .passed)
    #expect(record.changeAt == Instant.zero + .minutes(1))
    // Not only where it was read.
    scenario.changes.reverse()
    #expect(ScenarioRun(scenario).record(seed: 1) == record)
  }

  @Test func anObjectiveMayHaveBothLimits() throws {
    let both = "{service: web, errorRatio: 1%, latency: {below: 250ms}}"
    let scenario = try #require(
      read(
        """
        load: [{service: web, curve: {constant: 5}}]
        guards: [{deployment: web, objectives: [\(both)]}]
        expect: {objectives: [\(both)]}
        """
      ).scenario)
    let latency = ObjectiveLimit.latency(
      quantile: Ratio(ppm: 990_000), .milliseconds(250))
    #expect(
      scenario.expect.objectives.map(\.limit) == [.errorRatio(Ratio(ppm: 10_000)), latency])
    #expect(
      scenario.guards[0].objectives.map(\.limit) == [
        .errorRatio(Ratio(ppm: 10_000)),
        .latency(quantile: Ratio(ppm: 990_000), .milliseconds(250)),
      ])
  }

  @Test func manifestsMayStandInPlace() throws {
    let result = read(
      """
      change: {at: 1m, apply: [{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "1"}}]}
      expect: {restored: false}
      """)
    #expect(result.diagnostics.filter { $0.severity > .note }.isEmpty)
    let change = try #require(result.scenario?.changes.first?.changes.first)
    #expect(change.key == ObjectKey(.configMap, namespace: "default", name: "c"))
  }

  @Test func whatIsNoScenarioIsRefused() {
    #expect(Scenarios.read(text: "kind: Deployment").scenario == nil)
    #expect(Scenarios.read(text: "").scenario == nil)
    #expect(Scenarios.read(text: "a: [").diagnostics.count == 1)
    let two = Scenarios.read(text: "kind: Scenario\n---\nkind: Scenario\n").diagnostics
    #expect(two.contains { $0.message == "the file holds 2 documents" })
  }

  @Test(arguments: [
    ("300ms", 300_000_000), ("1m30s", 90_000_000_000), ("1.5h", 5_400_000_000_000), ("0", 0),
    ("2d", 172_800_000_000_000),
  ])
  func aSpanHasItsUnits(text: String, ns: Int64) {
    let result = read(
      "warmUp: 1s\nfaults: [{at: \(text), kind: neverReady, image: \"*\"}]\n"
        + "expect: {invariants: [SurgeBound]}")
    // One beyond the duration is an error of its own.
    if ns > 600_000_000_000 {
      #expect(
        result.diagnostics.map(\.message) == ["the fault comes after the end"])
    } else {
      #expect(result.scenario?.faults.first?.at == Span(ns: ns))
    }
  }

  @Test func curvesHaveTheirShapes() throws {
    func points(_ curve: String) throws -> [(Int64, Int64)] {
      let result = read(
        "load: [{service: web, curve: {\(curve)}}]\nwarmUp: 1s\n"
          + "expect: {invariants: [SurgeBound]}")
      #expect(result.diagnostics.map(\.description) == [])
      let points = try #require(result.scenario?.loads.first?.curve.points)
      return points.dropFirst(2).map { (($0.at.ns - 1_000_000_000) / 1_000_000_000, $0.milliRate) }
    }
    let stages = try points("stages: [{duration: 10s, target: 5}, {duration: 20s, target: 9}]")
    #expect(stages.map(\.0) == [0, 10, 30])
    #expect(stages.map(\.1) == [5000, 5000, 9000])
    let spike = try points("spike: {base: 2, peak: 8, at: 60s, for: 30s, ramp: 10s}")
    #expect(spike.map(\.0) == [0, 60, 70, 100, 110])
    #expect(spike.map(\.1) == [2000, 2000, 8000, 8000, 2000])
    let day = try points("diurnal: {low: 10, high: 30}")
    #expect(day[0].1 == 10_000)
    #expect(day[12].1 == 20_000)
    #expect(day[24] == (43_200, 30_000))
    #expect(day.count == 48 * 7 + 1)
  }
}
