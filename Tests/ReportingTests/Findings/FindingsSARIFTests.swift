import ClusterAPI
import Foundation
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct FindingsSARIFTests {
  private func results(_ record: FindingsRecord) throws -> (
    rules: [[String: Any]], results: [[String: Any]]
  ) {
    let log = try jsonObject(FindingsReport.sarif(record, version: "1.2.3"))
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["version"] as? String == "1.2.3")
    return (
      driver["rules"] as? [[String: Any]] ?? [], run["results"] as? [[String: Any]] ?? []
    )
  }

  @Test func eachFindingIsAResultOfItsRule() throws {
    let (rules, results) = try results(SampleFindings.change)
    #expect(rules.count == 6 && results.count == 7)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    #expect(
      results.map { $0["baselineState"] as? String } == [
        "updated", "new", "new", "unchanged", "unchanged", "unchanged", "absent",
      ])
    #expect(results.map { ($0["suppressions"] as? [Any])?.count ?? 0 } == [0, 0, 1, 0, 0, 0, 0])
    #expect(results[1]["level"] as? String == "error")
    #expect(
      (results[0]["message"] as? [String: Any])?["text"] as? String
        == "The liveness probe kills app 22 s after its start, before it answers. Happens with "
        + "start-up longer than 22 s; before the change only with start-up longer than 1 min. "
        + "Try: give it a startup probe, in deployment/web.")
    let location = (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"]
    let place = try #require(location as? [String: Any])
    #expect((place["artifactLocation"] as? [String: Any])?["uri"] as? String == "k8s/web.yaml")
    #expect((place["region"] as? [String: Any])?["startLine"] as? Int == 8)
  }

  @Test func nothingIsComparedWithoutABase() throws {
    let (_, results) = try results(SampleFindings.alone)
    #expect(results.allSatisfy { $0["baselineState"] == nil })
  }

  /// Neither a new threshold nor another line makes another finding of it.
  @Test func fingerprintsStay() {
    var entry = SampleFindings.probe
    let print = FindingsReport.fingerprint(entry)
    #expect(print == "liveness-kills-starting-pod|deployment/web|app|startup")
    entry.condition = "start-up longer than 3 min"
    entry.place?.line = 90
    entry.message = "Another."
    entry.standing = .wasSoBefore
    #expect(FindingsReport.fingerprint(entry) == print)
    entry.condition = "memory over 128Mi"
    #expect(FindingsReport.fingerprint(entry) != print)
    let all = SampleFindings.many(200).entries.map(FindingsReport.fingerprint)
    #expect(Set(all).count == all.count)
  }

  @Test func pathsAreReferences() {
    #expect(FindingsReport.uri("k8s/web.yaml") == "k8s/web.yaml")
    #expect(FindingsReport.uri("./k8s\\über web.yaml") == "k8s/%C3%BCber%20web.yaml")
    #expect(FindingsReport.uri("../a:b.yaml") == "../a%3Ab.yaml")
    #expect(FindingsReport.uri("/tmp/a.yaml") == "file:///tmp/a.yaml")
    #expect(FindingsReport.uri("-") == "-")
  }

  @Test(.needsCheckers) func logsFitTheSchema() throws {
    let schema = Checker.root.appending(path: "Tests/Fixtures/formats/sarif-2.1.0.json")
    for record in SampleFindings.all {
      try Checker.expect(FindingsReport.sarif(record, version: "0.1.0"), fits: schema)
    }
  }
}
