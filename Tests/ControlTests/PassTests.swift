import ClusterAPI
import Control
import Testing
import Units

/// Scales a ReplicaSet twice; the second size follows from the first answer.
private struct TwoWrites: Controller {
  struct Memory: Sendable, Hashable { var passes = 0 }
  let initial = Memory()
  let key = ObjectKey(.replicaSet, namespace: "default", name: "web-1")

  func reconcile(_ pass: inout Pass<Int, Memory>) throws(Suspended) -> Requeue {
    pass.memory.passes += 1
    let first = try pass.write(.scale(key, replicas: pass.input, resourceVersion: 7))
    guard case .written(let version, _) = first else { return .backOff }
    _ = try pass.write(.scale(key, replicas: pass.input + 1, resourceVersion: version))
    return .after(.seconds(5))
  }
}

@Suite struct PassTests {
  private let controller = TwoWrites()

  @Test func asksOneRequestAtATimeAndEndsWithItsMemory() {
    var pass = Pass(now: .zero, input: 3, memory: controller.initial)
    guard case .asked(.write(.scale(_, let first, let seen))) = controller.attempt(&pass) else {
      Issue.record("the first attempt must ask")
      return
    }
    #expect(first == 3)
    #expect(seen == 7)
    #expect(pass.memory.passes == 0, "memory changes only when the pass ends")

    pass.resume(with: .written(.written(resourceVersion: 8, uid: 1)))
    guard case .asked(.write(.scale(_, let second, let next))) = controller.attempt(&pass) else {
      Issue.record("the second attempt must ask")
      return
    }
    #expect(second == 4)
    #expect(next == 8, "the second write carries the version that the first was answered with")

    pass.resume(with: .written(.written(resourceVersion: 9, uid: 1)))
    guard case .done(let requeue) = controller.attempt(&pass) else {
      Issue.record("the third attempt must end")
      return
    }
    #expect(requeue == .after(.seconds(5)))
    #expect(pass.memory.passes == 1, "replays of one pass count once")
    #expect(pass.transcript.count == 2)
  }

  @Test func aConflictEndsThePassWithBackOff() {
    var pass = Pass(now: .zero, input: 3, memory: controller.initial)
    _ = controller.attempt(&pass)
    pass.resume(with: .written(.refused(.conflict)))
    guard case .done(let requeue) = controller.attempt(&pass) else {
      Issue.record("a refused write must end this pass")
      return
    }
    #expect(requeue == .backOff)
  }

  @Test func aCopyOfAPassGoesItsOwnWay() {
    var pass = Pass(now: .zero, input: 3, memory: controller.initial)
    _ = controller.attempt(&pass)
    var fork = pass
    fork.resume(with: .written(.refused(.conflict)))
    pass.resume(with: .written(.written(resourceVersion: 8, uid: 1)))
    guard case .done = controller.attempt(&fork), case .asked = controller.attempt(&pass) else {
      Issue.record("the two copies must differ")
      return
    }
    #expect(fork.transcript.count == 1)
  }

  @Test func aReplayThatAsksSomethingElseTraps() async {
    await #expect(processExitsWith: .failure) {
      var pass = Pass(now: .zero, input: 3, memory: 0)
      _ = try? pass.write(.delete(ObjectKey(.pod, namespace: "a", name: "b"), uid: 1))
      pass.resume(with: .written(.refused(.notFound)))
      _ = try? pass.write(.delete(ObjectKey(.pod, namespace: "a", name: "c"), uid: 1))
    }
  }
}
