import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

@Suite struct ImagePullTests {
  private func registry(_ world: inout World, failing: Bool, at seconds: Int64) {
    world.schedule(.registry(image: "web:*", failing: failing), at: ClusterRig.at(seconds))
  }

  private let key = ObjectKey(.deployment, namespace: "default", name: "web")

  @Test func aPullTakesItsSizeByTheBandwidthOfTheNode() throws {
    var small = KubeletRig.world()
    var big = KubeletRig.world(profiles: [KubeletRig.profile { $0.size = .mebi(600) }])
    small.run(until: 60)
    big.run(until: 60)
    let difference = try #require(big.readies.first) - (try #require(small.readies.first))
    #expect(abs(difference.seconds - 9) < 0.1)
    let pulled = small.timeline.contains {
      if case .imagePulled(_, "web:v1", _) = $0.happening { true } else { false }
    }
    #expect(pulled)
  }

  @Test func theNodeKeepsTheImage() throws {
    var world = KubeletRig.world(profiles: [KubeletRig.profile { $0.size = .mebi(600) }])
    world.schedule(.scale(key, replicas: 3), at: ClusterRig.at(60))
    world.run(until: 100)
    #expect(world.readies.count == 3)
    #expect(world.readies[2] < ClusterRig.at(63))
  }

  @Test func twoImagesArePulledOneAfterTheOther() {
    var world = KubeletRig.world(profiles: [KubeletRig.profile("*") { $0.size = .mebi(300) }]) {
      $0.containers.append(Container(name: "other", image: "other:v1"))
    }
    world.run(until: 60)
    // Five seconds each.
    #expect(world.startedAt(1) - world.startedAt(0) > .seconds(5))
  }

  @Test func aFailedPullIsTriedAgainAfterTenSecondsAndTwiceAsLongEachTime() {
    var world = KubeletRig.world(profiles: [KubeletRig.profile { $0.pullable = false }])
    world.run(until: 800)
    let gaps = zip(world.failedPulls.dropFirst(), world.failedPulls).map { ($0 - $1).seconds }
    #expect(gaps.prefix(6) == [10, 20, 40, 80, 160, 300])
    #expect(world.pods.views[0].phase == .pending)
  }

  @Test func aRegistryThatIsBackDeliversAtTheNextTry() throws {
    var world = KubeletRig.world()
    registry(&world, failing: true, at: 0)
    registry(&world, failing: false, at: 20)
    world.run(until: 100)
    #expect(world.failedPulls.count == 2)
    let ready = try #require(world.readies.first)
    #expect(ready > ClusterRig.at(30) && ready < ClusterRig.at(36))
  }

  /// Without a tag, or with `latest`, the registry is asked each time.
  @Test(arguments: [("web:v1", 0), ("web", 1), ("web:latest", 1)])
  func thePolicyFollowsFromTheTag(_ image: String, _ failures: Int) {
    var world = KubeletRig.world(profiles: [KubeletRig.profile("web*")]) {
      $0.containers[0].image = image
    }
    world.schedule(.registry(image: "web*", failing: true), at: ClusterRig.at(50))
    world.schedule(.scale(key, replicas: 2), at: ClusterRig.at(60))
    world.run(until: 65)
    #expect(world.failedPulls.count == failures)
    #expect(world.readies.count == 2 - failures)
  }

  @Test func thePolicyNeverAsksNoRegistry() {
    var world = KubeletRig.world {
      $0.containers[0].imagePullPolicy = .never
    }
    world.run(until: 65)
    #expect(world.failedPulls.count == 3)
    #expect(world.readies.isEmpty)
  }
}
