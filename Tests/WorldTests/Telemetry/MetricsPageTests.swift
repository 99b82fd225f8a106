import Evidence
import Foundation
import Testing
import World

/// The reference of metrics.
@Suite struct MetricsPageTests {
  static let path = Places.packageRoot.appending(path: "docs/metrics.md")

  /// The page that is shipped is the one of the families. `UPDATE_GOLDEN=1` writes it, and fails.
  @Test func thePageIsUpToDate() throws {
    let page = try? String(contentsOf: Self.path, encoding: .utf8)
    if page != MetricsPage.markdown(),
      ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    {
      try MetricsPage.markdown().write(to: Self.path, atomically: true, encoding: .utf8)
    }
    #expect(page == MetricsPage.markdown(), "run the test with UPDATE_GOLDEN=1")
  }

  @Test func eachFamilyHasARow() {
    let page = MetricsPage.markdown()
    for family in MetricsPage.sections.flatMap(\.families) {
      #expect(page.contains("\n| `\(family.name)` | \(family.kind.rawValue) |"), "\(family.name)")
    }
  }

  @Test func aSectionIsATitleANoteAndATable() {
    let family = MetricFamily(
      name: "jobs_total", kind: .counter, help: "how many there were", labels: ["queue", "code"])
    let page = MetricsPage.markdown([.init(title: "app", note: "What it says.", families: [family])]
    )
    #expect(
      page.hasSuffix(
        """
        ## app

        What it says.

        | Name | Type | Labels | Meaning |
        | --- | --- | --- | --- |
        | `jobs_total` | counter | `queue` `code` | how many there were |

        """))
  }
}
