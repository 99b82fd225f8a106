import ClusterAPI
import Kernel
import PromQL
import Testing
import Units

@testable import World

@Suite struct IngressMetricsTests {
  private func ingress(class name: String? = nil, host: String? = "shop.test") -> OpaqueObject {
    let backend = DocumentValue.object([
      .init("service", .object([.init("name", .string("web"))]))
    ])
    let path = DocumentValue.object([.init("path", .string("/buy")), .init("backend", backend)])
    var rule: [DocumentValue.Field] = [
      .init("http", .object([.init("paths", .list([path]))]))
    ]
    if let host { rule.append(.init("host", .string(host))) }
    var spec: [DocumentValue.Field] = [.init("rules", .list([.object(rule)]))]
    if let name { spec.append(.init("ingressClassName", .string(name))) }
    return OpaqueObject(
      apiVersion: "networking.k8s.io/v1", kind: Kind("Ingress", group: "networking.k8s.io"),
      meta: ObjectMeta(name: "shop", namespace: "default"),
      document: .object([.init("spec", .object(spec))]))
  }

  @Test func aLoadComesThroughThePathOfItsService() throws {
    var rig = TelemetryRig()
    rig.options.objects = [.opaque(ingress())]
    rig.options.profiles[0].errors = Ratio(ppm: 100_000)
    let store = rig.store(until: 60)
    let answers = store.all("nginx_ingress_controller_requests", ["status": "200"])
    #expect(answers.count == 1)
    let labels = try #require(answers.first).labels
    let expected = [
      "ingress": "shop", "namespace": "default", "service": "web", "host": "shop.test",
      "path": "/buy", "method": "GET", "controller_class": "k8s.io/ingress-nginx",
    ]
    for (name, value) in expected { #expect(labels[name] == value, "\(name)") }
    #expect(store.total("nginx_ingress_controller_requests", ["status": "500"]) > 20)
    let counts = store.all("nginx_ingress_controller_request_duration_seconds_count")
    #expect(Set(counts.map { $0.labels["status"] }) == ["200", "500"])
    // All requests: the clients saw just these.
    let world = rig.world(until: 60)
    let tally = world.traffic.tally(LoadID(0), from: .zero, to: .zero + .seconds(60))
    let total = store.total("nginx_ingress_controller_requests")
    #expect(total <= Double(tally.requests))
    #expect(total > Double(tally.requests) - 5 * 20 * 1.5)
  }

  @Test func whatNobodyAnswersIsABadGateway() {
    var rig = TelemetryRig()
    rig.replicas = 1
    rig.options.objects = [.opaque(ingress())]
    rig.options.profiles[0].crashAfterReady = .constant(.seconds(25))
    let store = rig.store(until: 120)
    #expect(store.total("nginx_ingress_controller_requests", ["status": "502"]) > 0)
    #expect(store.total("nginx_ingress_controller_requests", ["status": "503"]) > 0)
  }

  @Test func anotherControllersIngressShowsNothing() {
    #expect(IngressMetrics.routes(ingress(class: "alb")).isEmpty)
    #expect(IngressMetrics.routes(ingress(class: "nginx-internal")).count == 1)
    #expect(IngressMetrics.routes(ingress(host: nil)).first?.host == "_")
    #expect(
      TelemetryRig().store(until: 40).all("nginx_ingress_controller_requests").isEmpty)
  }
}
