import ClusterAPI
import Harness
import Manifests
import Testing
import Units
import World

/// What images show of themselves, and queries that name it.
@Suite struct ImageMetricsTests {
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

  private func read(_ rest: String) -> ScenarioReader.Result {
    Scenarios.read(
      text: Scenarios.head() + rest, files: [("web.yaml", ImageMetricsTests.manifests)])
  }

  private let images = """
      images:
        - match: web:*
          metrics:
            requests: shop_requests_total
            duration: shop_duration_seconds
            buckets: [5ms, 50ms, 2s]
            firstToken: 20%

    """

  @Test func aProfileNamesItsMetrics() throws {
    let metrics = try #require(
      read(images + "  expect: {invariants: [SurgeBound]}\n").scenario?.images.first?.metrics)
    #expect(metrics.requests == "shop_requests_total")
    #expect(metrics.duration == "shop_duration_seconds")
    #expect(metrics.buckets == [.milliseconds(5), .milliseconds(50), .seconds(2)])
    #expect(metrics.firstToken == Ratio(ppm: 200_000))
    #expect(metrics.vllm == nil)
  }

  /// Profiles come before or after the query: the file is read as a whole.
  @Test func namesOfProfilesAreKnownToQueries() {
    let queries = """
        expect:
          promql:
            - query: sum(rate(shop_duration_seconds_bucket{le="2"}[1m]))
              atEnd: ">= 0"
            - query: up + shop_request_total
              atEnd: ">= 0"

      """
    for text in [images + queries, queries + images] {
      let result = read(text)
      #expect(result.scenario != nil)
      let found = result.diagnostics
      #expect(found.map(\.message) == ["nothing in a run shows the metric `shop_request_total`"])
      #expect(found.first?.severity == .warning)
      #expect(found.first?.remedy == "did you mean `shop_requests_total`?")
      let line = text.split(separator: "\n", omittingEmptySubsequences: false)
        .firstIndex { $0.contains("shop_request_total") }
      let before = Scenarios.head().split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(found.first?.location.line == (line ?? 0) + before)
      #expect(found.first?.location.file == "scenario.yaml")
    }
  }

  @Test(arguments: [
    ("requests: 5xx_total", "is no name of a metric"),
    ("requests: shop-requests", "is no name of a metric"),
    ("duration: kube_pod_info", "another exporter shows the metric"),
    ("buckets: [50ms, 5ms]", "the bounds do not ascend"),
    ("buckets: []", "the list has no bound"),
    ("firstToken: 1.5", "is more than 1"),
  ])
  func whatNoClientLibraryTakesIsAnError(_ line: String, _ message: String) {
    let result = read(
      "  images: [{match: \"web:*\", metrics: {\(line)}}]\n  expect: {invariants: [SurgeBound]}\n")
    #expect(result.scenario == nil)
    #expect(result.diagnostics.count == 1)
    #expect(result.diagnostics.first?.message.contains(message) == true)
  }

  @Test func theMemoryOfGPUsIsALabel() throws {
    let pools = """
        cluster:
          nodePools:
            - name: gpu
              count: 1
              machine: {cpu: 8, memory: 64Gi, gpu: {count: 2, memory: 80Gi}}
        images: [{match: "web:*", memory: {gpu: 60Gi}}]
        expect: {invariants: [SurgeBound]}

      """
    let scenario = try #require(read(pools).scenario)
    #expect(scenario.nodePools[0].labels["nvidia.com/gpu.memory"] == "81920")
    #expect(scenario.images[0].memory.gpu == .mebi(60 * 1024))
  }
}
