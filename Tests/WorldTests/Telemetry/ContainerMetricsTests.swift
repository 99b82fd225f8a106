import ClusterAPI
import Kernel
import PromQL
import Testing
import Units

@testable import World

@Suite struct ContainerMetricsTests {
  private func rig(milliCPU: Int64) -> TelemetryRig {
    var rig = TelemetryRig()
    rig.replicas = 1
    rig.container.resources.limits = ["cpu": Quantity(milli: milliCPU)]
    return rig
  }

  @Test func aLimitThatIsUsedUpThrottles() throws {
    // 20 requests of 2 ms a second need 40 thousandths of a core.
    let tight = rig(milliCPU: 42).store(until: 120)
    let wide = rig(milliCPU: 2000).store(until: 120)
    for store in [tight, wide] {
      #expect(store.total("container_cpu_cfs_periods_total") > 500)
    }
    func share(_ store: TelemetryStore) -> Double {
      store.total("container_cpu_cfs_throttled_periods_total")
        / store.total("container_cpu_cfs_periods_total")
    }
    #expect(share(tight) > 0.5)
    #expect(share(wide) == 0)
    #expect(tight.total("container_cpu_cfs_throttled_seconds_total") > 10)
    #expect(wide.total("container_cpu_cfs_throttled_seconds_total") == 0)
    #expect(tight.total("container_spec_cpu_quota") == 4200)
    #expect(tight.total("container_spec_cpu_period") == 100_000)
  }

  @Test func withoutALimitThereIsNoQuota() {
    let store = TelemetryRig().store(until: 40)
    for name in ["container_cpu_cfs_periods_total", "container_spec_cpu_quota"] {
      #expect(store.all(name).isEmpty, "\(name)")
    }
    #expect(store.all("container_spec_memory_limit_bytes").first?.values.last == 0)
  }

  @Test func killsForMemoryAreCounted() throws {
    var rig = TelemetryRig()
    rig.replicas = 1
    rig.container.resources.limits = ["memory": Quantity(80 << 20)]
    // 16 MiB of leaks are full after 512 requests.
    rig.options.profiles[0].memory.leakPerRequest = Bytes(32 << 10)
    var world = rig.world(until: 180)
    world.scrape(through: .zero + .seconds(180))
    let kept = world.telemetry
    let store = try #require(kept)
    let kills = world.timeline.count {
      if case .outOfMemory = $0.happening { true } else { false }
    }
    #expect(kills >= 2)
    #expect(store.total("container_oom_events_total") == Double(kills))
    #expect(store.all("container_oom_events_total").first?.values.first == 0)
    let memory = try #require(store.all("container_memory_working_set_bytes").first)
    #expect(try #require(memory.values.max()) <= Double(80 << 20) + Double(32 << 10))
    #expect(memory.resets >= kills - 1)
    #expect(store.total("container_spec_memory_limit_bytes") == Double(80 << 20))
    let last = try #require(store.all("container_start_time_seconds").first?.values.last)
    #expect(last > Double(store.begin / 1000) + 40)
    #expect(last <= Double(store.end / 1000))
  }

  @Test func machinesAreAsLargeAsTheirNodes() {
    let store = TelemetryRig().store(until: 10)
    #expect(store.total("machine_cpu_cores", ["node": "n0"]) == 8)
    #expect(store.total("machine_memory_bytes", ["node": "n0"]) == Double(32 << 30))
    #expect(store.all("up", ["metrics_path": "/metrics/cadvisor"]).count == 1)
  }
}
