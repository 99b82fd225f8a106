import ClusterAPI
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct WordsTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1204, "1,204"), (12_345_678, "12,345,678"),
    (-1204, "-1,204"), (-999, "-999"),
  ])
  func countsHaveThousands(number: Int, text: String) {
    #expect(Words.count(number) == text)
  }

  @Test(
    arguments: [
      (102_000, "10.2 %"), (10_000, "1 %"), (4_200, "0.42 %"), (12, "0.0012 %"), (0, "0 %"),
      (1_000_000, "100 %"), (99, "0.0099 %"),
    ] as [(Int64, String)])
  func sharesArePercent(ppm: Int64, text: String) {
    #expect(Words.percent(Ratio(ppm: ppm)) == text)
  }

  @Test(arguments: [
    (Span.zero, "0 s"), (Span(ns: 12), "12 ns"), (.microseconds(850), "850 µs"),
    (.microseconds(4_200), "4.2 ms"), (.milliseconds(60), "60 ms"), (.seconds(60), "60 s"),
    (.milliseconds(12_300), "12.3 s"), (.seconds(125), "2 min 05 s"),
    (.minutes(185), "3 h 05 min"), (.milliseconds(-1500), "-1.5 s"),
    (Span(ns: .min), "-2562047 h 47 min"),
  ])
  func spansHaveUnits(span: Span, text: String) {
    #expect(Words.span(span) == text)
  }

  @Test(arguments: [
    (Instant.zero, "+0:00.0"), (Records.at(312, 3), "+5:12.3"), (Records.at(3912, 3), "+1:05:12.3"),
    (Records.at(-3), "-0:03.0"), (Instant.never, "+2562047:47:16.8"),
  ])
  func timesCountFromTheStart(instant: Instant, text: String) {
    #expect(Words.time(instant) == text)
  }

  @Test(
    arguments: [
      (
        Records.errorRatio,
        "error ratio of service/web 10.2 % over 60 s (limit 1 %, 1,204 requests to the new revision)"
      ),
      (
        .latencyExceeded(
          service: Records.service, quantile: Ratio(ppm: 990_000), measured: .milliseconds(480),
          threshold: .milliseconds(250), window: .seconds(30), requests: 7500),
        "p99 latency of service/web 480 ms over 30 s (limit 250 ms, 7,500 requests to the new revision)"
      ),
      (
        .progressDeadlineExceeded(deadlineSeconds: 600, updated: 1, available: 3, wanted: 4),
        "no progress within progressDeadlineSeconds (600 s): 1 of 4 pods updated, 3 available"
      ),
      (
        .crashLooping(pods: 1, restarts: 4, threshold: 3),
        "containers crash-looping: 4 restarts in 1 pod of the new revision (threshold 3)"
      ),
      (
        .rolloutHealthy(available: 4, wanted: 4, watched: .seconds(60)),
        "rollout complete: 4 of 4 pods available, every objective held over 60 s"
      ),
      (
        .restoredHealthy(revision: 1, available: 4, took: .milliseconds(22_500)),
        "revision 1 is back: 4 pods available after 22.5 s"
      ),
      (.noEarlierRevision, "there is no earlier revision to roll back to"),
    ] as [(Reason, String)])
  func reasonsHaveFigures(reason: Reason, text: String) {
    #expect(Words.reason(reason) == text)
  }

  @Test func decisionsSayWhatWasDoneAndWhatItCost() throws {
    #expect(
      Words.decision(Records.rollback, taken: .rollBack)
        == "error ratio of service/web 10.2 % over 60 s (limit 1 %, 1,204 requests to the new "
        + "revision): rolled back revision 2")
    let decision = try #require(Records.passed("a", seed: 1).decisions.first)
    #expect(
      Words.decision(decision).hasSuffix(
        "rolled back revision 2; 124 requests failed or slow, with promoting 7,400: right"))
  }

  @Test func happeningsNamePodsAndNodes() {
    let run = Records.passed("a", seed: 1)
    let words = run.timeline.map { Words.happening($0.happening, in: run) }
    #expect(words.contains("pod/web-bbbb-22222 scheduled to node/general-0"))
    #expect(words.contains("container of pod/web-bbbb-22222 exited (1 restart)"))
    #expect(words.contains("pod/web-bbbb-33333 FailedScheduling: 0/1 nodes are available"))
    #expect(words.contains("deployment/web Progressing=False (ProgressDeadlineExceeded)"))
    #expect(words.contains("replicaset/web-bbbb created with 1 replica"))
  }

  @Test func aPodWithoutANameIsNamedByItsID() {
    let words = Words.happening(.podBound(PodID(9), NodeID(7)), in: Records.bare())
    #expect(words == "pod/#9 scheduled to node/#7")
  }

  @Test func defectsShowBothValues() {
    let config = ObjectKey(.configMap, namespace: "shop", name: "web")
    func words(_ path: String, _ expected: String?, _ found: String?) -> String {
      Words.defect(.init(object: config, path: path, expected: expected, found: found))
    }
    #expect(words("data.a", "1", "2") == "shop/configmap/web data.a is 2, without the change 1")
    #expect(
      words("data.a", "1", nil) == "shop/configmap/web data.a is not set, without the change 1")
    #expect(words("", nil, "exists") == "shop/configmap/web was left behind")
    #expect(words("", "exists", nil) == "shop/configmap/web is gone")
  }

  @Test func replayCommandsAreQuotedForAShell() {
    #expect(Words.replay(Records.bare("a-b", seed: 3)) == "wavetank replay a-b --seed 3")
    #expect(Words.replay(Records.bare("a b'c")) == #"wavetank replay 'a b'\''c' --seed 1"#)
  }

  @Test(arguments: [
    (0, 1_000_000_000, "0 %"), (1, 1_000_000_000, "less than 0.0001 %"), (3, 1_000_000, "0.0003 %"),
    (1, 300, "0.33 %"), (999_999_999, 1_000_000_000, "more than 99.9999 %"), (5, 5, "100 %"),
  ])
  func aShareIsNothingOnlyWhereThereIsNothing(part: Int64, all: Int64, words: String) {
    #expect(Words.share(part, of: all) == words)
  }

  @Test func faultsCarryUnits() {
    let fault = RunRecord.Fault(
      "x",
      [
        .init("latency", .span(.milliseconds(400))), .init("refused", .share(Ratio(ppm: 2500))),
        .init("perRequest", .bytes(1536)), .init("count", .count(2)),
        .init("factor", .factor(Ratio(ppm: 1_500_000))),
      ], from: .zero, to: nil)
    #expect(
      Words.fault(fault)
        == "x: latency 400 ms, refused 0.25 %, perRequest 1.5 KiB, count 2, factor 1.5 times")
  }
}
