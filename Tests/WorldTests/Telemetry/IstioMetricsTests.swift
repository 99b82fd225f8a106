import ClusterAPI
import Kernel
import PromQL
import Testing
import Units

@testable import World

@Suite struct IstioMetricsTests {
  private func rig() -> TelemetryRig {
    var rig = TelemetryRig()
    rig.sidecar = true
    return rig
  }

  @Test func onlyPodsInTheMeshHaveAProxy() {
    #expect(TelemetryRig().store(until: 40).all("istio_requests_total").isEmpty)
    var named = TelemetryRig()
    var namespace = Namespace(meta: ObjectMeta(name: "default", namespace: ""))
    namespace.meta.labels["istio-injection"] = "enabled"
    named.options.objects = [.namespace(namespace)]
    #expect(named.store(until: 40).total("istio_requests_total") > 200)
    // A pod may stay out of it.
    let template = PodTemplate(
      labels: ["app": "web", "sidecar.istio.io/inject": "false"],
      spec: PodSpec(containers: [named.container]))
    let injection = IstioInjection(named.options.objects)
    let plain = PodTemplate(spec: template.spec)
    let proxies = [(template, "default"), (plain, "default"), (plain, "other")].map {
      injection.applies(to: $0.0, in: $0.1)
    }
    #expect(proxies == [false, true, false])
  }

  @Test func bothSidesReportTheSameRequests() throws {
    let store = rig().store(until: 60)
    let destination = store.all("istio_requests_total", ["reporter": "destination"])
    #expect(destination.count == 2)
    let source = store.all("istio_requests_total", ["reporter": "source"])
    #expect(source.count == 1)
    let labels = try #require(source.first).labels
    let expected = [
      "source_workload": "unknown", "destination_workload": "web", "destination_app": "web",
      "destination_workload_namespace": "default", "destination_version": "unknown",
      "destination_service": "web.default.svc.cluster.local", "destination_service_name": "web",
      "destination_service_namespace": "default", "response_code": "200", "response_flags": "-",
      "destination_canonical_service": "web", "request_protocol": "http",
    ]
    for (name, value) in expected { #expect(labels[name] == value, "\(name)") }
    for series in source + destination {
      for label in series.labels.pairs where label.name.hasPrefix("destination_") {
        let family = MetricCatalog.family(ofSeries: "istio_requests_total")
        #expect(family?.allows(label: label.name) == true, "\(label.name)")
      }
    }
    // One is scraped up to five seconds after the other.
    let (asked, answered) = (
      store.total("istio_requests_total", ["reporter": "source"]),
      store.total("istio_requests_total", ["reporter": "destination"])
    )
    #expect(abs(asked - answered) < 5 * 20 * 1.5)
    #expect(asked > 600)
  }

  @Test func durationsAreInEnvoysBucketsOfMilliseconds() throws {
    let store = rig().store(until: 60)
    let buckets = store.all(
      "istio_request_duration_milliseconds_bucket", ["reporter": "source"])
    #expect(buckets.count == 20)
    func value(_ le: String) -> Double? { buckets.first { $0.labels["le"] == le }?.values.last }
    // Ten milliseconds, and half a millisecond on the way.
    #expect(value("10.0") == 0)
    #expect(value("25.0") == value("+Inf"))
    #expect(value("3600000.0") == value("+Inf"))
    #expect(value("0.5") == 0)
  }

  @Test func aProxyCountsOnWhenItsProcessRestarts() throws {
    var rig = rig()
    rig.replicas = 1
    rig.rate = 400
    rig.options.profiles[0].crashAfterReady = .constant(.seconds(25))
    let store = rig.store(until: 120)
    let own = try #require(store.all("http_requests_total", ["code": "200"]).first)
    let proxy = try #require(
      store.all("istio_requests_total", ["reporter": "destination", "response_code": "200"]).first)
    #expect(own.resets > 0)
    #expect(proxy.resets == 0)
    #expect(try #require(proxy.values.last) > (own.values.max() ?? 0))
    // Requests that the dying process held.
    #expect(store.total("istio_requests_total", ["response_flags": "UC"]) > 0)
    let unrouted = store.all("istio_requests_total", ["response_flags": "UH"])
    #expect(unrouted.first?.labels["destination_workload"] == "unknown")
    #expect(unrouted.first?.labels["response_code"] == "503")
  }

  /// Two ReplicaSets of a Deployment are one workload to the client.
  @Test func revisionsOfAWorkloadAreOneSeries() throws {
    var rig = rig()
    var next = rig
    next.container.image = "web:v2"
    rig.changes = [(40, .apply(.deployment(next.web)))]
    let store = rig.store(until: 90)
    let source = store.all(
      "istio_requests_total", ["reporter": "source", "response_code": "200"])
    #expect(source.count == 1)
    #expect(source.first?.resets == 0)
    #expect(try #require(source.first?.values.last) > 1200)
    #expect(
      store.all("istio_requests_total", ["reporter": "destination", "response_code": "200"]).count
        == 4)
  }
}
