import ClusterAPI
import PromQL
import Testing
import Units

@testable import World

/// What the generators of loads show of their requests.
@Suite struct LoadMetricsTests {
  private let name = LoadMetrics.duration

  private func rig() -> TelemetryRig {
    var rig = TelemetryRig()
    rig.options.telemetry = TelemetryOptions(
      scrapeInterval: .seconds(15), queries: ["\(name)_count", "\(name)_bucket", "\(name)_sum"])
    return rig
  }

  /// The value that a series has at a second of the run.
  private func value(_ series: Series, at second: Int64, _ store: TelemetryStore) -> Double? {
    zip(series.samples.times, series.samples.values)
      .first { $0.0 == store.begin + second * 1000 }?.1
  }

  @Test func everySecondIsCounted() throws {
    var rig = rig()
    var errors = BehaviourChange()
    errors.errors = Ratio(ppm: 300_000)
    rig.disturbances = [
      (40, .behaviour(image: "web:*", errors)),
      (
        60, .killPods(workload: ObjectKey(.deployment, namespace: "default", name: "web"), count: 2)
      ),
    ]
    var world = rig.world(until: 120)
    world.scrape(through: .zero + .seconds(120))
    let scraped = world.telemetry
    let store = try #require(scraped)
    let tallies = world.traffic.series(LoadID(0))
    let all = store.all("\(name)_count")
    #expect(all.count == 6 && all.allSatisfy { $0.samples.count == 121 })
    var sums = [Int64](repeating: 0, count: 3)
    for second in 0..<120 as Range<Int64> {
      sums[0] += tallies[Int(second)].requests
      sums[1] += tallies[Int(second)].failed
      sums[2] += tallies[Int(second)].refused + tallies[Int(second)].noEndpoints
      func total(_ isMeant: (PromQL.Labels) -> Bool) -> Double {
        all.filter { isMeant($0.labels) }
          .reduce(0) { $0 + (value($1, at: second + 1, store) ?? -1) }
      }
      #expect(total { _ in true } == Double(sums[0]), "second \(second)")
      #expect(total { $0["error_type"] != "" } == Double(sums[1]), "second \(second)")
      #expect(total { $0["error_type"] == "connection_refused" } == Double(sums[2]))
    }
    #expect(sums[1] > sums[2] && sums[2] > 0)
    #expect(store.total("\(name)_count", ["error_type": "500"]) > 0)
    // Nothing but what was asked for is there.
    #expect(store.metricNames == ["\(name)_bucket", "\(name)_count", "\(name)_sum"])
  }

  @Test func allSeriesAreThereFromTheBeginning() throws {
    let store = rig().store(until: 30)
    for one in store.all("\(name)_count") + store.all("\(name)_bucket") {
      #expect(value(one, at: 0, store) == 0, "\(one.labels)")
    }
    let labels = try #require(store.all("\(name)_count").first).labels
    #expect(labels["server_address"] == "web.default.svc.cluster.local")
    #expect(labels["server_port"] == "80" && labels["instance"] == "load-0")
    #expect(labels["job"] == "load-generator" && labels["http_request_method"] == "GET")
  }

  /// Whoever asks for a latency finds it among the buckets, and one above.
  @Test func askedLatenciesAreBuckets() {
    var rig = rig()
    func bounds() -> [String] {
      rig.store(until: 30).all("\(name)_bucket", ["error_type": ""]).map { $0.labels["le"] }
    }
    let usual = bounds()
    #expect(usual.count == 52 && Set(usual).isSuperset(of: ["0.001", "0.012", "0.25", "100.0"]))
    rig.options.telemetry?.queries = ["\(name)_bucket"]
    let queries = rig.options.telemetry?.queries
    rig.options.telemetry = TelemetryOptions(
      queries: queries, latencies: [.milliseconds(330), .seconds(200), .milliseconds(250)])
    #expect(Set(bounds()).subtracting(usual) == ["0.33", "200.0", "400.0"])
    // What has a bucket anyway is no difference.
    #expect(
      TelemetryOptions(queries: queries, latencies: [.milliseconds(250)])
        == TelemetryOptions(queries: queries))
  }

  @Test func buckets() throws {
    let store = rig().store(until: 60)
    let all = store.all("\(name)_bucket", ["error_type": ""])
      .map { (le: Double($0.labels["le"]) ?? .infinity, count: $0.values.last ?? -1) }
      .sorted { $0.le < $1.le }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.count <= $1.count })
    #expect(all.last?.count == store.total("\(name)_count", ["error_type": ""]))
    #expect(all.first?.count == 0 && all.contains { $0.count > 0 && $0.le < 1 })
  }
}
