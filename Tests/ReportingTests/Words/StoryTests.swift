import ClusterAPI
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct StoryTests {
  private func story(_ entries: [(Int64, Happening)]) -> [String] {
    var run = Records.passed("a", seed: 1)
    run.timeline = entries.map { TimelineEntry(at: Records.at($0), happening: $1) }
    return Story(run).lines.map {
      "\($0.from.ns / 1_000_000_000)-\($0.to.ns / 1_000_000_000) \($0.text)"
    }
  }

  private let set = ObjectKey(.replicaSet, namespace: "default", name: "web-bbbb")

  @Test func podsOfAReplicaSetAreToldTogether() {
    let lines = story([
      (1, .podReady(PodID(1))), (4, .podReady(PodID(0))), (9, .podReady(PodID(2))),
      (200, .podReady(PodID(1))),
    ])
    #expect(
      lines == [
        "1-9 pods of web-bbbb: ready, 2 times", "4-4 pod/web-aaaa-11111 ready",
        "200-200 pod/web-bbbb-22222 ready",
      ])
  }

  @Test func stepsOfAScaleAreOne() {
    let lines = story([
      (1, .replicaSetScaled(set, from: 1, to: 2)), (3, .replicaSetScaled(set, from: 2, to: 5)),
      (9, .replicaSetScaled(set, from: 5, to: 0)),
    ])
    #expect(
      lines == [
        "1-3 replicaset/web-bbbb scaled up from 1 to 5",
        "9-9 replicaset/web-bbbb scaled down from 5 to 0",
      ])
  }

  @Test func aConditionIsToldWhenItChanges() {
    func progressing(_ status: Condition.Status, _ reason: String) -> Happening {
      .condition(
        Records.web,
        Condition(
          type: "Progressing", status: status, reason: reason,
          lastUpdateTime: Timestamp(seconds: 0), lastTransitionTime: Timestamp(seconds: 0)))
    }
    let lines = story([
      (1, progressing(.yes, "ReplicaSetUpdated")), (50, progressing(.yes, "ReplicaSetUpdated")),
      (300, progressing(.yes, "ReplicaSetUpdated")),
      (301, progressing(.no, "ProgressDeadlineExceeded")),
      (400, progressing(.yes, "ReplicaSetUpdated")),
    ])
    #expect(
      lines == [
        "1-300 deployment/web Progressing=True (ReplicaSetUpdated)",
        "301-301 deployment/web Progressing=False (ProgressDeadlineExceeded)",
        "400-400 deployment/web Progressing=True (ReplicaSetUpdated)",
      ])
  }

  @Test func aConditionThatFlipsIsToldTogether() {
    func available(_ status: Condition.Status) -> Happening {
      .condition(
        Records.web,
        Condition(
          type: "Available", status: status, reason: "Minimum",
          lastUpdateTime: Timestamp(seconds: 0), lastTransitionTime: Timestamp(seconds: 0)))
    }
    let lines = story([
      (1, available(.no)), (5, available(.yes)), (20, available(.no)), (30, available(.yes)),
      (40, available(.yes)), (200, available(.no)),
    ])
    #expect(
      lines == [
        "1-20 deployment/web Available=False (Minimum), 2 times",
        "5-40 deployment/web Available=True (Minimum), 2 times",
        "200-200 deployment/web Available=False (Minimum)",
      ])
  }
}
