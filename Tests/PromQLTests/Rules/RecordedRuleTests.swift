import Evidence
import Foundation
import Testing

/// Generated rules and series, with what promtool 2.42 finds in `ALERTS`, `ALERTS_FOR_STATE` and a
/// recorded series, in the format of `promtool test rules`.
@Suite struct RecordedRuleTests {
  @Test(arguments: ["test1.yml", "test2.yml", "test3.yml"])
  func rulesAnswerAsRecorded(name: String) {
    let folder = Places.packageRoot.appending(path: "Tests/Fixtures/promql/rules")
    let result = RuleTestRun.result(of: folder.appending(path: name))
    #expect(result.failures == [])
    #expect(result.passed == 21)
  }

  @Test func aWrongExpectationFails() throws {
    let folder = Places.packageRoot.appending(path: "Tests/Fixtures/promql/rules")
    let result = RuleTestRun.result(of: folder.appending(path: "wrong.yml"))
    #expect(
      result.failures == [
        "name: a, alertname: Down, time: 2m, exp: [Labels:{alertname=\"Down\"} Annotations:{}], "
          + "got: [Labels:{alertname=\"Down\", instance=\"x\"} Annotations:{text=\"x is 0\"}]",
        "expr: \"up\", time: 1m30s, exp: up{instance=\"x\"} 1.0000000000000002, "
          + "got: up{instance=\"x\"} 1.0",
        "an item under alert_rule_test misses required attribute alertname at eval_time 1m",
        "rule: Many, time: 0s, err: vector contains metrics with the same labelset after applying "
          + "alert labels",
      ])
    #expect(result.passed == 3)
  }
}
