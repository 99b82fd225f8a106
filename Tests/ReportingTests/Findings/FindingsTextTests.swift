import Recording
import Testing
import Units

@testable import Reporting

@Suite struct FindingsTextTests {
  private func text(_ record: FindingsRecord, width: Int = 80) -> String {
    FindingsReport.text(record, color: false, width: width)
  }

  @Test func aChangeIsToldTheMostImportantFirst() {
    #expect(
      text(SampleFindings.change) == """
        the change from origin/main brings 1 error, 1 warning (4 workloads looked at)

        error drain-blocked
          shop/poddisruptionbudget/web at k8s/pdb.yaml:1, rendered from
          shop/templates/pdb.yaml
          No pod may be evicted: 2 of 2 are needed.
            0 s ············┃ 60 s the eviction of web-1 is refused

        warning liveness-kills-starting-pod (worse than before)
          deployment/web (app) at k8s/web.yaml:8
          The liveness probe kills app 22 s after its start, before it answers.
          happens with start-up longer than 22 s; before the change only with start-up
          longer than 1 min
          restarts: 3; requests lost: 12 of 4,800
            0 s 1················23····························4 95 s
            1     0 s  new pods start
            2    35 s  liveness probe fails
            3  35.4 s  app is killed
            4    95 s  progress deadline passes
          try: give it a startup probe, in deployment/web at k8s/web.yaml:8:
              spec:
                template:
                  spec:
                    containers:
                    - name: app
                      startupProbe:
                        failureThreshold: 30

        accepted: 1
          request-cut deployment/api: clients retry

        was so before: 3
          no-budget  deployment/api
          one-zone   deployment/web, deployment/api

        repaired: 1
          oom-on-start  deployment/worker

        """)
  }

  @Test func boundsOfManifestsAloneAreOneTable() {
    #expect(
      text(SampleFindings.alone) == """
        found: 1 error (2 workloads looked at)

        error drain-blocked
          deployment/web
          What deployment/web does.

        holds while:
          workload        container  start-up  memory   CPU     probe silence  request
          deployment/web  app        ≤ 22 s    ≤ 128Mi
          deployment/web  log                           ≤ 500m
          statefulset/db  db                   ≤ 1Gi            ≤ 2.5 s        ≤ 30 s

        """)
  }

  @Test func beyondFiveAreCounted() {
    let text = text(SampleFindings.many(40))
    // One of each id first.
    #expect(text.components("\nerror drain-blocked\n") == 4)
    #expect(text.contains("\nwarning liveness-kills-starting-pod"))
    #expect(text.contains("\n35 more, which `--output json` shows in full\n"))
    #expect(text.contains("\n  drain-blocked                deployment/web-12, "))
    #expect(text.contains("\nwas so before: 20\n"))
    #expect(text.contains("\n  rule-10  deployment/web-10, deployment/web-30\n"))
  }

  @Test func nothingIsSaidAsNothing() {
    #expect(
      text(FindingsRecord(base: "v1", entries: [], workloads: 1))
        == "the change from v1 brings no findings (1 workload looked at)\n")
    #expect(
      text(FindingsRecord(base: nil, entries: [], workloads: 0))
        == "no findings (0 workloads looked at)\n")
  }

  @Test(arguments: [20, 40, 80, 200])
  func noControlCharacterReachesTheTerminal(width: Int) {
    for record in [SampleFindings.hostile, SampleFindings.many(30)] {
      let text = text(record, width: width)
      let controls = text.unicodeScalars.filter {
        $0 != "\n" && $0.properties.generalCategory == .control
      }
      #expect(controls.isEmpty)
    }
  }

  @Test func colourOnlyPaints() {
    for record in [SampleFindings.change, SampleFindings.alone, SampleFindings.many(12)] {
      let painted = FindingsReport.text(record, color: true, width: 80)
      #expect(painted.contains("\u{1B}[31merror\u{1B}[0m"))
      let lines = painted.replacing(/\u{1B}\[[0-9]+m/, with: "").split(separator: "\n")
      let plain = text(record).split(separator: "\n")
      #expect(lines.map { $0.trimmed } == plain.map { $0.trimmed })
    }
  }

  /// Whatever the moments are, each is in the picture once and in order.
  @Test func momentsAreInOrder() {
    for times in [[0, 0, 0], [5, 1, 3], [0, 100, 100, 100], [-3, 0, 9], [7]] as [[Int64]] {
      for width in [1, 10, 40, 100] {
        let line = MomentLine(times.map { .init(.seconds($0), "at \($0)") })
        let lines = line.lines(width: width)
        #expect(!lines.isEmpty)
        guard times.count > 1, Set(times).count > 1 else { continue }
        let marks = lines[0].split(separator: " ").first { $0.contains("1") && $0.contains("2") }
        #expect(marks?.filter { $0 != "·" } == (1...times.count).map { "\($0)" }.joined())
      }
    }
    #expect(MomentLine([]).lines(width: 80) == [])
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}

extension Substring {
  /// Without spaces at the end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
