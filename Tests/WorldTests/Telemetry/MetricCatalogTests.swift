import ClusterAPI
import PromQL
import Testing

@testable import World

@Suite struct MetricCatalogTests {
  @Test func everyNameIsOfOneFamily() {
    let names = MetricCatalog.seriesNames
    #expect(Set(names).count == names.count)
    #expect(names == names.sorted())
    for family in MetricCatalog.families { #expect(!family.help.isEmpty, "\(family.name)") }
  }

  @Test func aRunShowsOnlyFamiliesOfTheCatalog() {
    var rig = TelemetryRig()
    rig.sidecar = true
    rig.options.profiles[0].metrics.vllm = true
    rig.options.nodes[0].allocatable["nvidia.com/gpu"] = Quantity(1)
    let store = rig.store(until: 40)
    let known = Set(MetricCatalog.seriesNames(of: rig.options.profiles))
    #expect(store.metricNames.filter { !known.contains($0) } == [])
    for prefix in ["istio_", "vllm:", "DCGM_FI_", "container_", "kube_", "http_"] {
      #expect(store.metricNames.contains { $0.hasPrefix(prefix) }, "\(prefix)")
    }
  }

  @Test func namesOfAProfileAreKnown() throws {
    let query = try Query("rate(shop_total[1m]) / on() shop_seconds_count + missing")
    #expect(
      MetricCatalog.unknownNames(in: query) == ["shop_total", "shop_seconds_count", "missing"])
    var profile = ImageProfile(match: "shop")
    profile.metrics.requests = "shop_total"
    profile.metrics.duration = "shop_seconds"
    #expect(MetricCatalog.unknownNames(in: query, profiles: [profile]) == ["missing"])
  }
}
