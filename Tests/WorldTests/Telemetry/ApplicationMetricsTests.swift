import ClusterAPI
import Kernel
import PromQL
import Testing
import Units

@testable import World

@Suite struct ApplicationMetricsTests {
  @Test func bucketsAreCumulativeAndEndWithTheCount() throws {
    let store = TelemetryRig().store(until: 60)
    let labels: KeyValuePairs = ["code": "200", "method": "GET", "handler": "/"]
    #expect(store.all("http_requests_total", labels).count == 2)
    #expect(store.total("http_requests_total") > 600)
    for count in store.all("http_request_duration_seconds_count") {
      let pod = count.labels["pod"]
      let buckets = store.all("http_request_duration_seconds_bucket", ["pod": pod])
      #expect(buckets.count == 12)
      let latest = buckets.sorted { le($0) < le($1) }.compactMap(\.values.last)
      #expect(latest == latest.sorted())
      #expect(latest.last == count.values.last)
      #expect(
        try #require(store.all("http_requests_total", ["pod": pod]).first).values.last
          == count.values.last)
      // Every request takes 10 ms.
      #expect(buckets.first { $0.labels["le"] == "0.005" }?.values.last == 0)
      #expect(buckets.first { $0.labels["le"] == "0.025" }?.values.last == count.values.last)
    }
  }

  private func le(_ series: Series) -> Double {
    series.labels["le"] == "+Inf" ? .infinity : Double(series.labels["le"]) ?? .nan
  }

  @Test func namesAndBucketsAreThoseOfTheProfile() {
    var rig = TelemetryRig()
    rig.options.profiles[0].metrics.requests = "shop_requests_total"
    rig.options.profiles[0].metrics.duration = "shop_duration_milliseconds"
    rig.options.profiles[0].metrics.buckets = [.milliseconds(3), .milliseconds(12), .seconds(1)]
    let store = rig.store(until: 60)
    #expect(store.all("http_requests_total").isEmpty)
    #expect(store.total("shop_requests_total") > 600)
    let bounds = Set(store.all("shop_duration_milliseconds_bucket").map { $0.labels["le"] })
    #expect(bounds == ["3.0", "12.0", "1000.0", "+Inf"])
    let mean =
      store.total("shop_duration_milliseconds_sum")
      / store.total("shop_duration_milliseconds_count")
    #expect(abs(mean - 10) < 0.5)
    #expect(store.families.contains { $0.name == "shop_duration_milliseconds" })
    #expect(store.openMetrics.contains("# TYPE shop_duration_milliseconds histogram\n"))
  }

  @Test func errorsHaveTheirOwnCodeAndDuration() {
    var rig = TelemetryRig()
    rig.options.profiles[0].errors = Ratio(ppm: 250_000)
    let store = rig.store(until: 60)
    let (ok, failed) = (
      store.total("http_requests_total", ["code": "200"]),
      store.total("http_requests_total", ["code": "500"])
    )
    #expect(failed > 0.15 * (ok + failed))
    #expect(failed < 0.35 * (ok + failed))
    #expect(store.total("http_request_duration_seconds_count", ["code": "500"]) == failed)
  }

  @Test func aRestartBeginsFromNothing() throws {
    var rig = TelemetryRig()
    rig.replicas = 1
    rig.options.profiles[0].crashAfterReady = .constant(.seconds(25))
    let store = rig.store(until: 120)
    let requests = try #require(store.all("http_requests_total", ["code": "200"]).first)
    #expect(requests.resets >= 1)
    // What one process answers in 25 seconds.
    #expect(try #require(requests.values.max()) < 25 * 20 * 1.3)
    let up = try #require(store.all("up", ["job": "web"]).first)
    #expect(up.values.contains(0))
    #expect(up.values.contains(1))
    let starts = try #require(store.all("container_start_time_seconds").first)
    #expect(Set(starts.values).count >= 2)
    #expect(store.all("container_cpu_usage_seconds_total").first?.resets == requests.resets)
  }

  @Test func seriesEndWithTheirPod() {
    var rig = TelemetryRig()
    rig.changes = [
      (40, .scale(ObjectKey(.deployment, namespace: "default", name: "web"), replicas: 1))
    ]
    let store = rig.store(until: 120)
    for name in ["up", "http_request_duration_seconds_sum", "container_memory_rss"] {
      let pods = store.all(name).filter { $0.labels["pod"].hasPrefix("web-") }
      #expect(pods.count == 2, "\(name)")
      #expect(pods.count { $0.isEnded } == 1, "\(name)")
    }
  }

  @Test func whoReadsMetricsChangesNothing() {
    var rig = TelemetryRig()
    rig.sidecar = true
    rig.rate = 400
    rig.container.resources.limits = ["cpu": Quantity(milli: 300), "memory": Quantity(96 << 20)]
    rig.options.profiles[0].memory.leakPerRequest = Bytes(8 << 10)
    rig.options.profiles[0].errors = Ratio(ppm: 20_000)
    let watched = rig.world(until: 90)
    rig.options.telemetry = nil
    let plain = rig.world(until: 90)
    let (one, other) = (watched.digest, plain.digest)
    #expect(one == other)
    let isKept = plain.telemetry != nil
    #expect(!isKept)
  }

  @Test func aForkShowsWhatTheWholeRunShows() {
    var rig = TelemetryRig()
    rig.sidecar = true
    let whole = rig.store(until: 60)
    var fork = rig.world(until: 33).fork()
    fork.run(until: .zero + .seconds(60))
    fork.scrape(through: .zero + .seconds(60))
    let isSame = fork.telemetry?.openMetrics == whole.openMetrics
    #expect(isSame)
  }
}
