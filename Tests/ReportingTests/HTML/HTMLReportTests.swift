import Foundation
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct HTMLReportTests {
  /// The elements of the page's body as XML would read them; nil where they are not balanced.
  private func elements(_ html: String) -> ElementCounter? {
    guard let from = html.range(of: "<body>"), let to = html.range(of: "<script>") else {
      return nil
    }
    // What HTML allows and XML does not: attributes without a value, elements without an end.
    let body = html[from.lowerBound..<to.lowerBound]
      .replacing("<table data-sort>", with: "<table>").replacing(" hidden>", with: ">")
      .replacing("<br>", with: "<br/>")
    return ElementCounter.read(body + "</body>")
  }

  @Test func thePageHasAPictureForEachScenarioWithSeries() throws {
    let html = HTMLReport.html(Records.mixed)
    let page = try #require(elements(html))
    #expect(page.counts["figure"] == 2)
    #expect(page.counts["section"] == 4)
    // Two scenarios with two seeds each have a sparkline for each seed.
    #expect(html.components(separatedBy: "class=\"spark\"").count - 1 == 4)
    #expect(html.contains("No series were recorded."))
  }

  @Test func theSeedThatFailedIsShown() {
    let html = HTMLReport.html(
      Records.suite([Records.passed("a", seed: 1), Records.failed("a", seed: 2)]))
    #expect(html.contains("<b>Seed 2</b>"))
    #expect(!html.contains("<b>Seed 1</b>"))
    #expect(html.contains("wavetank replay a --seed 2"))
  }

  @Test func theFailureIsToldWithTimesReasonsAndDefects() {
    let html = HTMLReport.html(Records.mixed)
    for words in [
      "12 of 75000 requests lost: 12 reset", "at +1:20.5", "2 of 4 pods are available",
      "error ratio of service/web 10.2&#160;% over 60 s (limit 1&#160;%, 1,204 requests to the new "
        + "revision)",
      "data.limit", "Restoration defects", "−4",
    ] { #expect(html.contains(words), "\(words)") }
  }

  @Test func hostileTextStaysText() throws {
    let html = HTMLReport.html(Records.hostile)
    let page = try #require(elements(html))
    #expect(page.counts["script"] == nil)
    #expect(html.components(separatedBy: "<script>").count == 2)
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
  }

  @Test func aReferenceIsALinkOnlyWhereItIsAnAddress() {
    let address = "<a href=\"https://a.example/b\" rel=\"noreferrer\">https://a.example/b</a>"
    #expect(Markup.reference("https://a.example/b (page 3)") == address + " (page 3)")
    #expect(Markup.reference("javascript:alert(1)") == "javascript:alert(1)")
    #expect(!Markup.reference("https://a\"onload=\"x").contains("\"onload"))
  }

  @Test func nothingIsLoadedFromElsewhere() {
    let html = HTMLReport.html(Records.mixed)
    for word in ["src=", "<link", "@import", "url(", "fetch(", "http://"] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test func noFigureIsNaN() {
    var run = Records.passed("zero", seed: 1)
    run.end = .zero
    for index in run.series.indices { run.series[index].values = [-1] }
    var empty = Records.passed("empty", seed: 1)
    for index in empty.series.indices { empty.series[index].values = [] }
    var still = Records.passed("still", seed: 1)
    for index in still.series.indices { still.series[index].interval = .zero }
    var huge = Records.passed("huge", seed: 1)
    for index in huge.series.indices { huge.series[index].values = [1 << 50, 0] }
    let html = HTMLReport.html(Records.suite([run, empty, still, huge, Records.bare()]))
    #expect(!html.contains("nan") && !html.contains("inf\""))
    #expect(elements(html) != nil)
  }

  @Test func anEmptySuiteIsAPage() {
    let html = HTMLReport.html(Records.suite([]))
    #expect(html.contains("No scenario was run."))
    #expect(elements(html) != nil)
  }

  @Test func manyLongRunsStaySmall() {
    var long = Records.passed("long", seed: 1)
    for index in long.series.indices {
      long.series[index].values = (0..<7200).map { Int64($0 * 7919 % 1000) }
    }
    long.end = .zero + .hours(2)
    let runs = (0..<14).flatMap { scenario in
      (1...5).map { seed in
        var run = long
        (run.scenario, run.seed) = ("scenario-\(scenario)", UInt64(seed))
        return run
      }
    }
    let size = HTMLReport.html(Records.suite(runs)).utf8.count
    #expect(size < 3_000_000, "\(size) bytes")
  }
}
