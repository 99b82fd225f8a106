import ClusterAPI
import Manifests
import Testing
import Units
import Verdict
import World

@testable import Harness

@Suite struct MetricTableTests {
  private static let manifests = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: "web:v1"}]}
    """

  private func read(_ metrics: String) -> ScenarioReader.Result {
    let spec = """
      warmUp: 1m
      expect: {replicas: [{deployment: web, most: 4, least: 1}]}
      metrics:
      \(metrics)
      """
    let lines = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    return Scenarios.read(
      text: Scenarios.head() + lines.joined(separator: "\n"),
      files: [("web.yaml", Self.manifests)])
  }

  @Test func everyKindOfMetricIsRead() throws {
    let result = read(
      """
      - resource: cpu
        deployment: web
        sharing: total
        steps: [{at: 0s, value: 300m}, {at: 30s, value: 2}]
        gaps: [{from: 1m, to: 2m, pods: [0, 3]}, {from: 3m, to: 4m}]
        window: 30s
      - {pods: rps, deployment: web, steps: [{at: 5s, value: 40}]}
      - {object: hits, kind: Ingress, name: main, steps: [{at: 0s, value: 1k}]}
      - {external: queue, steps: [{at: 0s, value: 0}]}
      """)
    #expect(result.diagnostics.map(\.description) == [])
    let scripts = try #require(result.scenario).metrics
    let web = ObjectKey(.deployment, namespace: "default", name: "web")
    #expect(
      scripts.map(\.subject) == [
        .resource("cpu", of: web), .pods("rps", of: web),
        .object("hits", kind: "Ingress", name: "main"), .external("queue"),
      ])
    func at(_ seconds: Int64) -> Instant { .zero + .seconds(seconds) }
    // The warm-up takes a minute; what holds at its end has held before.
    #expect(scripts[0].steps == [.init(at: .zero, milli: 300), .init(at: at(90), milli: 2000)])
    #expect(
      scripts[0].gaps == [
        .init(from: at(120), to: at(180), pods: [0, 3]), .init(from: at(240), to: at(300)),
      ])
    #expect(scripts[0].sharing == .total && scripts[0].window == .seconds(30))
    #expect(scripts[1].steps == [.init(at: at(65), milli: 40_000)])
    #expect(scripts[2].steps.map(\.milli) == [1_000_000])
    #expect(try #require(result.scenario).expect.replicas.map(\.most) == [4])
  }

  @Test(arguments: [
    ("- {steps: [{at: 0s, value: 1}]}", "names no metric"),
    (
      "- {external: a, pods: b, deployment: web, steps: [{at: 0s, value: 1}]}",
      "names more than one metric"
    ),
    ("- {resource: cpu, steps: [{at: 0s, value: 1}]}", "says not whose pods have the metric"),
    ("- {external: a, steps: [{at: 1m, value: 1}, {at: 1m, value: 2}]}", "do not ascend"),
    ("- {external: a, steps: []}", "the list has no step"),
    ("- {external: a, steps: [{at: 0s, value: -1}]}", "`-1` is less than 0"),
    (
      "- {resource: cpu, deployment: wed, steps: [{at: 0s, value: 1}]}",
      "the manifests have no deployment/wed"
    ),
  ])
  func whatIsWrongIsNamed(metric: String, words: String) {
    let found = read(metric).diagnostics.filter { $0.severity == .error }.map(\.description)
    #expect(found.count == 1 && found[0].contains(words), "\(found)")
  }
}
