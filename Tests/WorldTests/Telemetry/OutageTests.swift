import ClusterAPI
import Kernel
import PromQL
import Testing
import Units

@testable import World

@Suite struct OutageTests {
  @Test func nothingAnswersOnAMachineThatIsOff() throws {
    var rig = TelemetryRig()
    rig.options.nodes.append(rig.options.nodes[0])
    rig.options.nodes[1].name = "n1"
    let nodes = NodeSelection(name: "n0")
    rig.disturbances = [(40, .nodes(nodes, .crash)), (80, .nodesRecover(nodes, .crash))]
    let store = rig.store(until: 140)
    let off = TimeSpan(after: store.begin + 46_000, through: store.begin + 79_000)
    let machine = LabelMatcher(PromQL.Labels.metricName, equals: "machine_cpu_cores")
    let shown = store.series(matching: [machine], in: off)
    #expect(shown.map { $0.labels["node"] } == ["n1"])
    let up = LabelMatcher(PromQL.Labels.metricName, equals: "up")
    let node = LabelMatcher("node", equals: "n0")
    let kubelet = try #require(store.series(matching: [up, node], in: off).first)
    #expect(Set(kubelet.samples.values) == [0])
    #expect(store.all("up", ["node": "n0"]).first?.values.last == 1)
    #expect(store.all("machine_cpu_cores", ["node": "n0"]).first?.isEnded == false)
    let own = try #require(
      store.all("container_cpu_usage_seconds_total", ["node": "n0"]).first?.labels["pod"])
    let pods = [up, LabelMatcher("pod", equals: own)]
    #expect(store.series(matching: pods, in: off).flatMap(\.samples.values).allSatisfy { $0 == 0 })
    // The machine is back, and its processes begin anew.
    let cpu = try #require(store.all("container_cpu_usage_seconds_total", ["pod": own]).first)
    #expect(cpu.resets == 1)
  }

  /// A sidecar is a container of its pod, and begins anew with it; the clients are on other machines.
  @Test func proxiesBeginAnewWithTheirMachine() throws {
    var rig = TelemetryRig()
    (rig.sidecar, rig.replicas) = (true, 1)
    let nodes = NodeSelection(name: "n0")
    rig.disturbances = [(40, .nodes(nodes, .crash)), (80, .nodesRecover(nodes, .crash))]
    let store = rig.store(until: 140)
    func requests(_ reporter: String) throws -> Series {
      try #require(
        store.all("istio_requests_total", ["reporter": reporter, "response_code": "200"]).first)
    }
    let proxy = try requests("destination")
    #expect(proxy.resets == 1)
    #expect(try requests("source").resets == 0)
    // Both have counted since then; one is scraped up to five seconds after the other.
    let own = try #require(store.all("http_requests_total", ["code": "200"]).first)
    let (seen, served) = (try #require(proxy.values.last), try #require(own.values.last))
    #expect(abs(seen - served) < 5 * 20 * 1.5)
    #expect(served > 600)
    let up = try #require(store.all("up", ["container": "istio-proxy"]).first)
    #expect(up.values.contains(0) && up.values.last == 1)
    #expect(up.resets == 1)
  }

  /// A kubelet counts since it began.
  @Test func killsForMemoryAreCountedAnew() throws {
    var rig = TelemetryRig()
    rig.replicas = 1
    rig.container.resources.limits = ["memory": Quantity(80 << 20)]
    // 16 MiB of leaks are full after 512 requests.
    rig.options.profiles[0].memory.leakPerRequest = Bytes(32 << 10)
    let nodes = NodeSelection(name: "n0")
    rig.disturbances = [(70, .nodes(nodes, .crash)), (90, .nodesRecover(nodes, .crash))]
    var world = rig.world(until: 180)
    world.scrape(through: .zero + .seconds(180))
    let kept = world.telemetry
    let series = try #require(kept?.all("container_oom_events_total").first)
    let kills = world.timeline.compactMap { entry in
      if case .outOfMemory = entry.happening { entry.at } else { nil }
    }
    let late = kills.count { $0 > .zero + .seconds(90) }
    #expect(late > 0 && late < kills.count)
    #expect(series.resets == 1 && series.values.last == Double(late), "\(kills)")
  }
}
