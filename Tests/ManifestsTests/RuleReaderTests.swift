import ClusterAPI
import PromQL
import Testing

@testable import Manifests

@Suite struct RuleReaderTests {
  private func read(_ text: String) -> RuleSet {
    RuleReader.read(files: [("rules.yaml", Array(text.utf8))])
  }

  private let good = """
    groups:
    - name: web
      interval: 30s
      limit: 10
      query_offset: 1m
      labels: {team: shop, tier: "1"}
      rules:
      - record: job:errors:rate5m
        expr: |
          sum by (job) (
            rate(http_requests_total{code=~"5.."}[5m])
          )
        labels: {tier: "2"}
      - alert: Errors
        expr: job:errors:rate5m > 0.05
        for: 2m
        keep_firing_for: 1h30m
        labels: {severity: page}
        annotations: {summary: "{{ $value | humanizePercentage }} of {{ $labels.job }}"}
      - record: one
        expr: 1
    """

  @Test func ruleFilesAreRead() throws {
    let set = read(good)
    #expect(set.diagnostics == [])
    let group = try #require(set.groups.first)
    #expect(group.name == "web" && group.interval == 30_000 && group.limit == 10)
    #expect(group.queryOffset == 60_000 && group.rules.count == 3)
    #expect(group.file == "rules.yaml")
    guard case .recording(let record) = group.rules[0], case .alerting(let alert) = group.rules[1]
    else {
      Issue.record("rules of other kinds")
      return
    }
    #expect(record.labels == [PromQL.Label("team", "shop"), PromQL.Label("tier", "2")])
    #expect(alert.hold == 120_000 && alert.keepFiring == 5_400_000)
    #expect(alert.labels.map(\.name) == ["team", "tier", "severity"])
    #expect(set.entries[0].rules.map(\.line) == [8, 14, 20])
    #expect(set.entries[0].object == nil)
  }

  @Test func objectsAreRead() {
    let spec = good.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let set = read(
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: other}
      ---
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata: {name: web, namespace: shop, labels: {release: prometheus}}
      spec:
      \(spec)
        - name: thanos
          partial_response_strategy: abort
          rules: []
      """)
    #expect(!set.hasErrors)
    #expect(set.entries.map(\.object) == ["shop/web", "shop/web"])
    #expect(set.groups.map(\.name) == ["web", "thanos"])
    #expect(set.groups.map(\.file) == ["shop/web", "shop/web"])
  }

  /// Each group and what is said of it, behind `rules.yaml:`.
  @Test(arguments: [
    (
      "- {name: a, rules: [{record: r, expr: 'sum by (x) up['}]}",
      "2:51: error: groups[0].rules[0].expr: could not parse expression: "
    ),
    ("- {name: '', rules: []}", "2:3: error: groups[0]: Groupname must not be empty"),
    (
      "- {name: a, rules: []}\n- {name: a, rules: []}",
      "3:10: error: groups[1].name: groupname: \"a\" is repeated in the same file"
    ),
    ("- {name: a, rule: []}", "2:13: error: groups[0].rule: unknown field `rule`"),
    (
      "- {name: a, rules: [{record: r, alert: b, expr: up}]}",
      "2:21: error: groups[0].rules[0]: only one of 'record' and 'alert' must be set"
    ),
    (
      "- {name: a, rules: [{expr: up}]}",
      "2:21: error: groups[0].rules[0]: one of 'record' or 'alert' must be set"
    ),
    (
      "- {name: a, rules: [{alert: b}]}",
      "2:21: error: groups[0].rules[0].expr: field 'expr' must be set in rule"
    ),
    (
      "- {name: a, rules: [{record: r, expr: up, for: 5m}]}",
      "2:48: error: groups[0].rules[0].for: invalid field 'for' in recording rule"
    ),
    (
      "- {name: a, rules: [{alert: r, expr: up, for: five}]}",
      "2:47: error: groups[0].rules[0].for: not a valid duration string: `five`"
    ),
    (
      "- {name: a, rules: [{record: 'up{a=\"b\"}', expr: up}]}",
      "2:30: error: groups[0].rules[0].record: braces present in the recording rule name"
    ),
    (
      "- {name: a, rules: [{alert: r, expr: up, labels: {__name__: x}}]}",
      "2:51: error: groups[0].rules[0].labels.__name__: invalid label name: __name__"
    ),
    (
      "- {name: a, rules: [{alert: r, expr: up, annotations: {t: 'a {{ $label.x }}'}}]}",
      "2:65: error: groups[0].rules[0].annotations.t: annotation \"t\": "
        + "template: 1:6: undefined variable"
    ),
    (
      "- name: a\n  rules:\n  - {record: r, expr: up}\n  - {record: r, expr: down}",
      "5:5: warning: groups[0].rules[1]: duplicate rule: `r` with the same labels stands at "
        + "rules.yaml:4:5 too"
    ),
    (
      "- {name: a, rules: [{alert: r, expr: up, labels: {a-b: x}}]}",
      "2:51: warning: groups[0].rules[0].labels.a-b: the label name \"a-b\" needs quotes"
    ),
  ])
  func whatIsWrongHasItsPlace(groups: String, expected: String) {
    let set = read("groups:\n\(groups)\n")
    let lines = set.diagnostics.map(\.description)
    #expect(lines.contains { $0.hasPrefix("rules.yaml:" + expected) }, "\(lines)")
    #expect(set.hasErrors == expected.contains(" error: "))
    #expect(set.groups.isEmpty || !expected.contains("groups[0]") || !set.hasErrors)
  }

  @Test func placesAreFoundInsideOfBlocks() {
    let set = read(
      """
      groups:
      - name: a
        rules:
        - record: literal
          expr: |

            sum(
              up[
            )
        - record: folded
          expr: >-
            sum(up)
            ++
        - record: quoted
          expr: "sum(up) )"
      """)
    let places = set.diagnostics.filter { $0.message.hasPrefix("could not parse") }
      .map { "\($0.location.line):\($0.location.column)" }
    #expect(places.count == 3)
    #expect(places.last == "15:20")
    #expect(places.first?.hasPrefix("8:") == true || places.first?.hasPrefix("9:") == true)
  }

  @Test func aFileThatIsNoYAMLIsReported() {
    #expect(read("groups: [").hasErrors)
    #expect(read("").diagnostics == [])
    #expect(read("groups: 5").hasErrors)
  }
}
