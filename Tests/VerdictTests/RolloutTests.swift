import ClusterAPI
import Testing
import Units

@testable import Verdict

/// How far StatefulSets and DaemonSets have come, as `kubectl rollout status` looks at them.
@Suite struct RolloutTests {
  private func template(_ image: String) -> PodTemplate {
    PodTemplate(spec: PodSpec(containers: [Container(name: "a", image: image)]))
  }

  private func db(
    _ image: String = "db:v2", updated: Int, available: Int,
    _ change: (inout StatefulSet) -> Void = { _ in }
  ) -> StatefulSet {
    var set = StatefulSet(
      meta: ObjectMeta(name: "db"), selector: LabelSelector(), template: template(image))
    set.replicas = 3
    set.status.replicas = 3
    (set.status.updatedReplicas, set.status.availableReplicas) = (updated, available)
    change(&set)
    return set
  }

  private func pending(_ set: StatefulSet) -> [Pending] {
    Rollout(.statefulSet(set))?.pending ?? [.otherTemplate]
  }

  @Test func aStatefulSetIsThereWhenAllThatShouldHasItsTemplate() {
    #expect(pending(db(updated: 3, available: 3)) == [])
    #expect(
      pending(db(updated: 1, available: 2)) == [
        .updated(1, wanted: 3), .oldPodsRemain(2), .available(2, wanted: 3),
      ])
    #expect(pending(db(updated: 1, available: 3) { $0.partition = 2 }) == [])
    #expect(pending(db(updated: 0, available: 3) { $0.updateStrategy = "OnDelete" }) == [])
    let more = db(updated: 1, available: 3) {
      $0.partition = 2
      $0.status.replicas = 4
    }
    #expect(pending(more) == [.oldPodsRemain(1)])
  }

  @Test func aDaemonSetIsThereWhenEveryNodeThatShouldHasItsTemplate() {
    var set = DaemonSet(
      meta: ObjectMeta(name: "agent"), selector: LabelSelector(), template: template("a:v2"))
    set.status.desiredNumberScheduled = 4
    set.status.currentNumberScheduled = 4
    (set.status.updatedNumberScheduled, set.status.numberAvailable) = (3, 4)
    #expect(Rollout(.daemonSet(set))?.pending == [.updated(3, wanted: 4)])
    set.status.updatedNumberScheduled = 4
    #expect(Rollout(.daemonSet(set))?.pending == [])
    #expect(Rollout(.configMap(ConfigData(meta: ObjectMeta(name: "c"), data: [:]))) == nil)
  }

  private func settlement(_ set: StatefulSet) -> Settlement? {
    let subject = RunTrace.Subject(
      key: ClusterObject.statefulSet(set).key, before: template("db:v1"),
      target: template("db:v2"), isGuarded: false)
    var trace = RunTrace(
      subjects: [subject], changeAt: .zero, quietFrom: .zero, end: .zero + .seconds(60))
    trace.objects = [.statefulSet(set)]
    return RunVerdict.settlement(of: subject.key, in: trace)
  }

  @Test func itIsPromotedRolledBackOrStuck() {
    #expect(settlement(db(updated: 3, available: 3))?.outcome == .promoted)
    #expect(settlement(db("db:v1", updated: 3, available: 3))?.outcome == .rolledBack)
    // The broken pod of an update that was taken back.
    let broken = settlement(db("db:v1", updated: 2, available: 2))
    #expect(broken?.outcome == .stuck)
    #expect(broken?.pending.contains(.available(2, wanted: 3)) == true)
    #expect(settlement(db("db:v3", updated: 3, available: 3))?.pending == [.otherTemplate])
  }
}
