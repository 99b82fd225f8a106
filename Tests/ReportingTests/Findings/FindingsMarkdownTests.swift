import Recording
import Testing
import Units

@testable import Reporting

@Suite struct FindingsMarkdownTests {
  private func lines(_ text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
  }

  @Test func aCommentTellsTheChange() {
    #expect(
      FindingsReport.markdown(SampleFindings.change) == """
        <!-- wavetank findings -->
        ### Wavetank: ❌ the change brings 1 error, 1 warning

        4 workloads looked at, compared with origin/main.

        | Severity | What | Where | When |
        |---|---|---|---|
        | error | a drain never ends (drain-blocked) | shop/poddisruptionbudget/web<br>k8s/pdb.yaml:1 | always |
        | warning | liveness kills a pod that still starts (liveness-kills-starting-pod, worse than before) | deployment/web (app)<br>k8s/web.yaml:8 | with start-up longer than 22 s; before the change only with start-up longer than 1 min |

        <details><summary>error: drain-blocked, shop/poddisruptionbudget/web, k8s/pdb.yaml:1</summary>

        No pod may be evicted: 2 of 2 are needed.

        rendered from shop/templates/pdb.yaml

        - 60 s: the eviction of web-1 is refused

        </details>

        <details><summary>warning: liveness-kills-starting-pod, deployment/web (app), k8s/web.yaml:8</summary>

        The liveness probe kills app 22 s after its start, before it answers.

        restarts: 3; requests lost: 12 of 4,800

        - 0 s: new pods start
        - 35 s: liveness probe fails
        - 35.4 s: app is killed
        - 95 s: progress deadline passes

        Try: give it a startup probe, in deployment/web

        ```yaml
        spec:
          template:
            spec:
              containers:
              - name: app
                startupProbe:
                  failureThreshold: 30
        ```

        </details>

        - Accepted: 1: request-cut (1)
        - Was so before: 3: no-budget (1), one-zone (2)
        - Repaired: 1: oom-on-start (1)

        """)
  }

  @Test(arguments: [0, 1, 2, 3, 5, 14, 15, 16, 30, 200])
  func aCommentHasAtMostSixtyLines(count: Int) {
    let text = FindingsReport.markdown(SampleFindings.many(count))
    #expect(lines(text) <= 60)
    #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
  }

  @Test func whatHasNoRoomIsCounted() {
    let text = FindingsReport.markdown(SampleFindings.many(200))
    #expect(text.contains("\n| | and 55 errors, 67 warnings, 66 notes more | | |\n"))
    #expect(text.contains("findings without details here.\n"))
    let shown = text.ranges(of: "<details>").count
    #expect(shown > 0 && text.contains("\n\(200 - shown) findings without details here.\n"))
  }

  /// However long the texts are, the comment is not refused.
  @Test func longTextsAreCut() {
    var record = SampleFindings.many(200)
    for index in record.entries.indices {
      record.entries[index].message = String(repeating: "long ", count: 10_000)
      record.entries[index].suggestion?.patch = String(repeating: "x", count: 100_000)
    }
    let text = FindingsReport.markdown(record)
    #expect(text.utf8.count < 65_536 && lines(text) <= 60)
  }

  @Test func hostileTextStaysText() {
    let text = FindingsReport.markdown(SampleFindings.hostile)
    #expect(lines(text) <= 60)
    #expect(text.contains("&lt;script&gt;"))
    // In a fenced block markup is text.
    var fence: Substring?
    for line in text.split(separator: "\n") {
      if let open = fence {
        if line == open { fence = nil }
      } else if line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
      } else {
        #expect(!line.contains("<script"), "\(line)")
        guard line.hasPrefix("| ") else { continue }
        #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(line)")
      }
    }
    #expect(fence == nil)
  }
}
