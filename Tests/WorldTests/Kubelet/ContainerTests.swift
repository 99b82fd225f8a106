import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

@Suite struct ContainerTests {
  private func initial(_ name: String, sidecar: Bool = false) -> Container {
    var container = Container(name: name, image: "\(name):v1")
    if sidecar { container.restartPolicy = "Always" }
    return container
  }

  private func seconds(_ span: Span) -> Double { span.seconds }

  @Test func initContainersRunToTheirEndOneAfterAnother() {
    let slow = KubeletRig.profile("slow:*") { $0.startup = .constant(.seconds(20)) }
    let quick = KubeletRig.profile("quick:*") { $0.startup = .constant(.seconds(3)) }
    var world = KubeletRig.world(profiles: [KubeletRig.profile(), slow, quick]) {
      $0.initContainers = [self.initial("slow"), self.initial("quick")]
    }
    world.run(until: 15)
    #expect(world.instances(0) == 1 && world.instances(1) == 0)
    #expect(world.pods.views[0].phase == .pending)
    world.run(until: 60)
    #expect(world.startedAt(1) - world.startedAt(0) > .seconds(20))
    #expect(world.startedAt(2) - world.startedAt(1) > .seconds(3))
    #expect(world.pods.views[0].phase == .running && world.pods.views[0].ready)
    #expect(world.exits.isEmpty)
  }

  @Test func anInitContainerThatFailsKeepsThePodPending() {
    let failing = KubeletRig.profile("failing:*") { $0.crashAfterStart = .constant(.seconds(1)) }
    var world = KubeletRig.world(profiles: [KubeletRig.profile(), failing]) {
      $0.initContainers = [self.initial("failing")]
    }
    world.run(until: 120)
    #expect(world.pods.views[0].phase == .pending)
    #expect(world.instances(0) > 3)
    #expect(world.instances(1) == 0)
  }

  @Test func aSidecarStartsBeforeAndEndsAfterTheOthers() throws {
    let proxy = KubeletRig.profile("proxy:*") { $0.startup = .constant(.seconds(5)) }
    var world = KubeletRig.world(profiles: [KubeletRig.profile(), proxy]) {
      var sidecar = self.initial("proxy", sidecar: true)
      sidecar.startupProbe = KubeletRig.probe(period: 1, failures: 30)
      $0.initContainers = [sidecar]
      $0.containers[0].preStop = .sleep(seconds: 4)
    }
    world.run(until: 60)
    #expect(world.startedAt(1) - world.startedAt(0) > .seconds(5))
    #expect(world.pods.views[0].ready)
    world.schedule(
      .scale(ObjectKey(.deployment, namespace: "default", name: "web"), replicas: 0),
      at: ClusterRig.at(70))
    world.run(until: 100)
    #expect(world.gone.count == 1)
    let first = world.pods.kubelet[0].firstContainer.index
    let rows = world.containers.rows
    #expect(rows[first + 1].endedAt > ClusterRig.at(74))
    #expect(rows[first].endedAt > rows[first + 1].endedAt)
  }

  @Test func restartsWaitTenSecondsAndTwiceAsLongEachTime() {
    var world = KubeletRig.world(profiles: [
      KubeletRig.profile { $0.crashAfterStart = .constant(.seconds(1)) }
    ])
    world.run(until: 1600)
    let exits = world.exits
    let gaps = zip(exits.dropFirst(), exits).map { Int((($0 - $1).seconds - 1).rounded()) }
    #expect(gaps.prefix(7) == [0, 10, 20, 40, 80, 160, 300])
    #expect(world.pods.views[0].restarts == UInt32(exits.count - 1))
  }

  @Test func tenMinutesOfRunningForgetTheBackOff() {
    var world = KubeletRig.world(profiles: [
      KubeletRig.profile { $0.crashAfterReady = .constant(.seconds(601)) }
    ])
    world.run(until: 3100)
    #expect(world.exits.count == 5)
    let waits = world.times { if case .crashLoopBackOff = $0 { true } else { false } }
    #expect(waits.isEmpty)
  }

  @Test func aProcessThatNeedsMoreMemoryThanItsLimitIsKilledAtOnce() {
    var world = KubeletRig.world(profiles: [
      KubeletRig.profile { $0.memory = MemoryProfile(base: .mebi(200)) }
    ]) { $0.containers[0].resources.limits = ["memory": Quantity(100 << 20)] }
    world.run(until: 100)
    let kills = world.times { if case .outOfMemory = $0 { true } else { false } }
    #expect(kills.count > 2)
    #expect(world.exits.count == kills.count)
  }

  @Test func killedPodsStartAgainAtOnce() {
    var world = KubeletRig.world(replicas: 3)
    let key = ObjectKey(.deployment, namespace: "default", name: "web")
    world.schedule(.killPods(workload: key, count: 2), at: ClusterRig.at(60))
    world.run(until: 62)
    #expect(world.exits.count == 2)
    #expect(world.pods.views.map(\.restarts).sorted() == [0, 1, 1])
    #expect(world.pods.views.allSatisfy { $0.ready })
  }

  @Test func postStartHoldsBackTheNextContainerAndReadiness() {
    var world = KubeletRig.world {
      $0.containers[0].postStart = .exec(command: ["sleep", "5"])
      $0.containers.append(Container(name: "second", image: "web:v1"))
    }
    world.run(until: 60)
    #expect(world.startedAt(1) - world.startedAt(0) > .seconds(5))
    #expect(world.readies.count == 1)
  }
}
