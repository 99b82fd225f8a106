import ClusterAPI
import Control
import Testing
import Units

@Suite struct RollingUpdateTests {
  private static func set(
    _ name: String, isNew: Bool = false, age: Int64, size: Int, available: Int
  ) -> ReplicaSetView {
    ReplicaSetView(
      name: name, isNew: isNew, created: Timestamp(seconds: -age), specReplicas: size,
      statusReplicas: size, readyReplicas: available, availableReplicas: available)
  }

  /// Neither more pods than allowed nor fewer available ones, at any step of a whole update.
  @Test(arguments: [(10, "25%", "25%"), (3, "1%", "0%"), (7, "0%", "20%"), (1, "100%", "0%")])
  func aWholeUpdateKeepsItsLimits(replicas: Int, surge: String, unavailable: String) {
    let rolling = RollingUpdate(
      replicas: replicas,
      strategy: DeploymentStrategy(
        maxSurge: .string(surge), maxUnavailable: .string(unavailable)))
    var sets = [
      Self.set("old", age: 100, size: replicas, available: replicas),
      Self.set("new", isNew: true, age: 1, size: 0, available: 0),
    ]
    var passes = 0
    while sets[0].specReplicas > 0 || sets[1].availableReplicas < replicas {
      passes += 1
      guard passes < 100 else {
        Issue.record("the update does not come to its end: \(sets)")
        return
      }
      if let size = rolling.reconcileNew(sets) {
        sets[1].specReplicas = size
      } else {
        for write in rolling.reconcileOld(sets).writes {
          sets[write.index].specReplicas = write.size
        }
      }
      sets[0].availableReplicas = min(sets[0].availableReplicas, sets[0].specReplicas)
      let total = sets.reduce(0) { $0 + $1.specReplicas }
      let available = sets.reduce(0) { $0 + $1.availableReplicas }
      #expect(total <= replicas + rolling.maxSurge)
      #expect(available >= rolling.minAvailable)
      // One new pod becomes available per pass.
      sets[1].availableReplicas = min(sets[1].specReplicas, sets[1].availableReplicas + 1)
    }
  }

  @Test func moreAvailableThanWantedStopsThePass() {
    let rolling = RollingUpdate(
      replicas: 4,
      strategy: DeploymentStrategy(maxSurge: .int(0), maxUnavailable: .int(4)))
    let sizes = rolling.reconcileOld([
      Self.set("a", age: 30, size: 2, available: 1), Self.set("b", age: 20, size: 2, available: 3),
      Self.set("new", isNew: true, age: 1, size: 0, available: 0),
    ])
    #expect(sizes.isStopped)
    #expect(!sizes.isScaled)
    #expect(sizes.writes == [.init(index: 0, size: 1)])
  }
}
