import Foundation
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct FindingsSectionTests {
  /// nil where the section is not well-formed.
  private func read(_ record: FindingsRecord) -> ElementCounter? {
    let html = FindingsSection(record).html.replacing("&#160;", with: " ")
    return ElementCounter.read("<body>\(html)</body>")
  }

  @Test func broughtFindingsHaveAPictureAndAPatch() throws {
    let counter = try #require(read(SampleFindings.change))
    #expect(counter.counts["article"] == 2 && counter.counts["svg"] == 2)
    #expect(counter.counts["pre"] == 1 && counter.counts["details"] == 3)
    #expect(counter.text.contains("The change from origin/main brings 1 error, 1 warning"))
    #expect(counter.text.contains("liveness probe fails"))
    #expect(counter.text.contains("failureThreshold: 30"))
    #expect(counter.counts["circle"] == 5)
  }

  @Test func boundsAreOneTable() throws {
    let counter = try #require(read(SampleFindings.alone))
    #expect(counter.counts["article"] == 1)
    #expect(counter.text.contains("Holds while") && counter.text.contains("≤ 128Mi"))
  }

  @Test func hostileTextStaysText() throws {
    let counter = try #require(read(SampleFindings.hostile))
    #expect(counter.counts["script"] == nil)
    #expect(counter.text.contains("<script>"))
  }

  @Test func theReportHoldsTheSection() {
    let html = HTMLReport.html(Records.mixed, findings: SampleFindings.change)
    #expect(html.contains("<section class=\"findings\""))
    #expect(!HTMLReport.html(Records.mixed).contains("<section class=\"findings\""))
    let alone = HTMLReport.html(Records.suite([]), findings: SampleFindings.change)
    #expect(!alone.contains("No scenario was run."))
  }
}
