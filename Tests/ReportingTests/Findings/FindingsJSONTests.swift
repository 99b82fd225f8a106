import Foundation
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct FindingsJSONTests {
  @Test func everythingIsThere() throws {
    let document = try jsonObject(FindingsReport.json(SampleFindings.change))
    #expect(document["base"] as? String == "origin/main")
    #expect(document["workloads"] as? Int == 4)
    #expect(document["brought"] as? Int == 2)
    let findings = try #require(document["findings"] as? [[String: Any]])
    #expect(findings.count == 7)
    #expect(findings[0]["standing"] as? String == "worse")
    #expect(findings[0]["before"] as? String == "start-up longer than 1 min")
    #expect(findings[0]["atSeconds"] as? Double == 35)
    #expect((findings[0]["place"] as? [String: Any])?["line"] as? Int == 8)
    #expect((findings[0]["moments"] as? [[String: Any]])?[2]["atSeconds"] as? Double == 35.4)
    #expect((findings[0]["suggestion"] as? [String: Any])?["object"] as? String == "deployment/web")
    #expect(findings[2]["accepted"] as? String == "clients retry")
    #expect(findings[3]["place"] is NSNull)
  }

  @Test func theSchemaIsPublished() throws {
    let file = Checker.root.appending(path: "docs/schemas/findings.json")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == FindingsReport.schema,
      "docs/schemas/findings.json is another one than FindingsReport.schema")
  }

  @Test(.needsCheckers) func whatIsWrittenFitsTheSchema() throws {
    let file = Checker.root.appending(path: "docs/schemas/findings.json")
    for record in SampleFindings.all { try Checker.expect(FindingsReport.json(record), fits: file) }
    let result = try Checker.run([
      "check-jsonschema", "--check-metaschema", file.path(percentEncoded: false),
    ])
    #expect(result.status == 0, "\(result.output)")
  }
}
