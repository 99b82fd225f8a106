import ClusterAPI
import Testing
import Units
import World

@testable import Chaos

@Suite struct NodeFaultTests {
  @Test func aNodeIsNamedOrDrawn() {
    var values = FaultValues()
    #expect(NodeCrash(values).begin == [.nodes(NodeSelection(count: 1), .crash)])
    values["node"] = .text("general-*")
    #expect(NodeCrash(values).begin == [.nodes(NodeSelection(name: "general-*"), .crash)])
    values["count"] = .count(2)
    let two = NodeSelection(name: "general-*", count: 2)
    #expect(NodeCrash(values).begin == [.nodes(two, .crash)])
    #expect(NodeCrash(values).end == [.nodesRecover(two, .crash)])
  }

  @Test func aZoneGoesAndReturns() {
    var values = FaultValues()
    values["zone"] = .text("b")
    let zone = NodeSelection(zone: "b")
    #expect(ZoneOutage(values).begin == [.nodes(zone, .crash)])
    #expect(ZoneOutage(values).end == [.nodesRecover(zone, .crash)])
  }

  @Test func aGPUFailsWithItsCode() {
    var values = FaultValues()
    values["node"] = .text("gpu-0")
    values["xid"] = .count(79)
    let node = NodeSelection(name: "gpu-0")
    #expect(GPUFailure(values).begin == [.nodes(node, .gpu(0, xid: 79))])
    values["gpu"] = .count(3)
    #expect(GPUFailure(values).begin == [.nodes(node, .gpu(3, xid: 79))])
    #expect(GPUFailure(values).end == [.nodesRecover(node, .gpu(3, xid: 79))])
  }

  @Test func theCatalogNamesEveryFaultOnce() {
    let kinds = FaultCatalog.all.map { $0.kind }
    #expect(Set(kinds).count == kinds.count)
    for kind in ["nodeCrash", "zoneOutage", "cpuHog", "podDelete"] {
      #expect(FaultCatalog.fault(kind) != nil)
    }
  }

  /// A drawn node returns at the end, and another fault in between leaves it its draw.
  @Test func theNodesThatWereDrawnReturn() {
    var options = WorldOptions(seed: 3)
    options.nodes = (0..<5).map {
      NodeSpec(name: "n\($0)", allocatable: ["cpu": Quantity(4), "memory": Quantity(1 << 34)])
    }
    func down(_ world: borrowing World) -> [String] {
      world.nodes.rows.filter { !$0.alive }.map(\.spec.name)
    }
    func world(other: Bool) -> World {
      var world = World(options)
      var values = FaultValues()
      values["count"] = .count(2)
      let fault = NodeCrash(values)
      for each in fault.begin { world.schedule(each, at: .zero + .seconds(10)) }
      for each in fault.end { world.schedule(each, at: .zero + .seconds(100)) }
      if other {
        let selection = NodeSelection(name: "n1", count: 1)
        world.schedule(.nodes(selection, .cpuHog(Ratio(ppm: 500_000))), at: .zero + .seconds(5))
      }
      return world
    }
    var plain = world(other: false)
    var crowded = world(other: true)
    plain.run(until: .zero + .seconds(50))
    crowded.run(until: .zero + .seconds(50))
    #expect(down(plain).count == 2)
    #expect(down(plain) == down(crowded))
    plain.run(until: .zero + .seconds(200))
    #expect(down(plain).isEmpty)
  }
}
