import Foundation
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct FindingsJUnitTests {
  @Test func fromTheThresholdOnFindingsAreFailures() throws {
    let xml = FindingsReport.junit(SampleFindings.change, failOn: .error)
    let counter = try #require(ElementCounter.read(xml))
    #expect(
      counter.attributes[0] == [
        "name": "wavetank", "tests": "3", "failures": "1", "errors": "0", "skipped": "1",
      ])
    #expect(counter.counts["testcase"] == 3 && counter.counts["failure"] == 1)
    #expect(counter.counts["skipped"] == 1 && counter.counts["system-out"] == 2)
    #expect(counter.attributes.contains { $0["file"] == "k8s/web.yaml" && $0["line"] == "8" })
    #expect(counter.text.contains("startupProbe:"))
    let all = try #require(
      ElementCounter.read(FindingsReport.junit(SampleFindings.change, failOn: .warning)))
    #expect(all.counts["failure"] == 2)
    let none = try #require(
      ElementCounter.read(FindingsReport.junit(SampleFindings.change, failOn: nil)))
    #expect(none.counts["failure"] == nil && none.counts["testcase"] == 3)
  }

  @Test func partsOfAnObjectAreOneCase() throws {
    let counter = try #require(
      ElementCounter.read(FindingsReport.junit(SampleFindings.alone, failOn: .warning)))
    #expect(counter.counts["testcase"] == 3)
    #expect(counter.attributes[0]["tests"] == "3")
  }

  @Test func hostileTextStaysText() throws {
    let xml = FindingsReport.junit(SampleFindings.hostile, failOn: .note)
    let counter = try #require(ElementCounter.read(xml))
    #expect(counter.counts["script"] == nil)
  }

  @Test func nothingIsOnePassedCase() throws {
    let none = FindingsRecord(base: nil, entries: [], workloads: 0)
    let counter = try #require(ElementCounter.read(FindingsReport.junit(none, failOn: .note)))
    #expect(counter.counts["testcase"] == 1 && counter.attributes[0]["tests"] == "1")
  }
}
