import ClusterAPI
import Control
import Testing
import Units

@testable import Manifests

@Suite struct AnalysisReaderTests {
  private func read(_ text: String) -> AnalysisSet {
    AnalysisReader.read(files: [("a.yaml", Array(text.utf8))])
  }

  private let good = """
    kind: AnalysisTemplate
    apiVersion: argoproj.io/v1alpha1
    metadata: {name: success-rate, namespace: shop}
    spec:
      args:
      - name: service
      - {name: limit, value: "0.95"}
      - {name: hash, valueFrom: {podTemplateHashValue: Latest}}
      - {name: region, valueFrom: {fieldRef: {fieldPath: "metadata.labels['region']"}}}
      - {name: token, valueFrom: {secretKeyRef: {name: a, key: b}}}
      metrics:
      - name: rate
        interval: 20s
        initialDelay: "{{ args.service }}"
        count: 3
        failureLimit: "1"
        inconclusiveLimit: 0
        consecutiveErrorLimit: 2
        consecutiveSuccessLimit: 1
        successCondition: result[0] >= {{args.limit}}
        failureCondition: isNaN(result[0])
        provider:
          prometheus:
            address: http://prometheus
            timeout: 40
            authentication: {basicAuth: {password: "{{ args.token }}"}}
            query: |
              sum(rate(ok{service="{{args.service}}",hash="{{args.hash}}"}[5m])) /
              sum(rate(all{service="{{args.service}}",region="{{args.region}}"}[5m]))
      dryRun:
      - metricName: r.*
      measurementRetention: [{metricName: rate, limit: 5}]
      templates:
      - {templateName: always-pass, clusterScope: true}
      - templateName: other
    """

  @Test func analysisTemplatesAreRead() throws {
    let set = read(good)
    #expect(set.diagnostics.map(\.description) == [])
    let entry = try #require(set.templateEntries.first)
    #expect(set.templates.count == 1 && entry.unsupported == [] && entry.location.line == 1)
    let template = entry.value
    #expect(template.reference == .init(name: "success-rate") && template.namespace == "shop")
    #expect(
      template.arguments == [
        AnalysisArgument("service"), AnalysisArgument("limit", .value("0.95")),
        AnalysisArgument("hash", .latestHash),
        AnalysisArgument("region", .field("metadata.labels['region']")),
      ])
    #expect(template.dryRun == ["r.*"])
    #expect(
      template.templates == [
        .init(name: "always-pass", isOfCluster: true), .init(name: "other"),
      ])
    let metric = try #require(template.metrics.first)
    #expect(template.metrics.count == 1 && metric.name == "rate")
    #expect(metric.interval == "20s" && metric.initialDelay == "{{ args.service }}")
    #expect(metric.count == "3" && metric.failureLimit == "1" && metric.inconclusiveLimit == "0")
    #expect(metric.consecutiveErrorLimit == "2" && metric.consecutiveSuccessLimit == "1")
    #expect(metric.successCondition == "result[0] >= {{args.limit}}")
    #expect(metric.failureCondition == "isNaN(result[0])")
    #expect(metric.query.hasPrefix("sum(rate(ok{service=\"{{args.service}}\""))
  }

  /// Fields of a metric, and what is said of them behind `a.yaml:`; whether the template is kept.
  @Test(
    arguments: [
      (
        "successCondition: 'result[0] >'",
        "8:35: error: spec.metrics[0].successCondition: the expression ends too early", false
      ),
      ("successCondition: result > 1", nil, true),
      (
        "successCondition: \"'a' > 1\"",
        "8:28: error: spec.metrics[0].successCondition: `>` cannot take a text and a number", false
      ),
      (
        "failureCondition: result[0]",
        "8:29: error: spec.metrics[0].failureCondition: expected true or false, but got a number",
        false
      ),
      (
        "successCondition: reslt[0] > 1",
        "8:23: error: spec.metrics[0].successCondition: unknown name reslt: a condition knows `result` only",
        false
      ),
      (
        "successCondition: true",
        "8:23: error: spec.metrics[0].successCondition: must be a string, but is the boolean `true`; put it in quotes: \"true\"",
        false
      ),
      (
        "successCondition: 'result[0] > {{args.lmit}}'",
        "8:36: warning: spec.metrics[0].successCondition: the template has no argument `lmit`: what uses it has to bring it along; did you mean `limit`?",
        true
      ),
      (
        "successCondition: 'result[0] > {{limit}}'",
        "8:36: error: spec.metrics[0].successCondition: `{{limit}}` is no argument; write such as {{args.name}}",
        false
      ),
      (
        "successCondition: 'result[0] > {{args.limit'",
        "8:23: error: spec.metrics[0].successCondition: `{{` is not closed: write `}}` behind the name",
        false
      ),
      (
        "successCondition: 'result[0] > {{args.limit}} +'",
        "8:52: warning: spec.metrics[0].successCondition: `result[0] > 1 +` would be wrong: the expression ends too early",
        true
      ),
      (
        "interval: 60",
        "8:15: error: spec.metrics[0].interval: must be a string, but is the integer `60`; put it in quotes: \"60\"",
        false
      ),
      (
        "interval: 1d",
        "8:15: error: spec.metrics[0].interval: `1d` is no length of time; write such as 30s or 1m30s",
        false
      ),
      ("interval: '{{args.limit}}'", nil, true),
      (
        "count: 2",
        "8:12: error: spec.metrics[0].count: 2 measurements need an interval; add `interval:`, such as 60s",
        false
      ),
      (
        "count: many", "8:12: error: spec.metrics[0].count: `many` is no whole number from 0 on",
        false
      ),
      ("count: '{{args.limit}}'", nil, true),
      ("failureLimit: -1", nil, true),
      (
        "failureLimit: -2",
        "8:19: error: spec.metrics[0].failureLimit: `-2` is no whole number from -1 on", false
      ),
      (
        "count: 1\n    failureLimit: 2",
        "9:19: error: spec.metrics[0].failureLimit: 2 is more than the count of 1; write at most 1",
        false
      ),
      (
        "failureLimt: 2",
        "8:5: warning: spec.metrics[0].failureLimt: unknown field `failureLimt`: kept, not simulated; did you mean `failureLimit`?",
        true
      ),
    ] as [(String, String?, Bool)])
  func whatIsWrongWithAMetricHasItsPlace(fields: String, expected: String?, isKept: Bool) {
    let condition = fields.contains("Condition") ? "" : "    failureCondition: 'false'\n"
    let set = read(
      """
      apiVersion: argoproj.io/v1alpha1
      kind: AnalysisTemplate
      metadata: {name: a}
      spec:
        args: [{name: limit}]
        metrics:
        - name: a
          \(fields)
          provider: {prometheus: {query: up}}
      \(condition)
      """)
    let lines = set.diagnostics.map(\.description)
    #expect(lines == (expected.map { ["a.yaml:" + $0] } ?? []))
    #expect(set.templates.count == (isKept ? 1 : 0))
    #expect(set.rejections.map(\.name) == (isKept ? [] : ["a"]))
  }

  /// A query and what is said of it.
  @Test(
    arguments: [
      (
        "up{job=\"{{args.name}}\"}[",
        "9:61: warning: spec.metrics[0].provider.prometheus.query: `up{job=\"1\"}[` would be wrong: no PromQL: "
      ),
      ("rate(up[5m)", "9:47: error: spec.metrics[0].provider.prometheus.query: no PromQL: "),
      ("rate(up[{{args.name}}])", nil), ("topk({{args.name}}, up)", nil),
      ("sum by ({{ args.name }}) (up)", nil), ("{{args.name}}_total", nil),
      ("up{job=\"{{args.token}}\"}", nil),
    ] as [(String, String?)])
  func queriesAreTriedWithSamples(query: String, expected: String?) {
    let set = read(
      """
      apiVersion: argoproj.io/v1alpha1
      kind: ClusterAnalysisTemplate
      metadata: {name: a, namespace: b}
      spec:
        args: [{name: name}, {name: token, valueFrom: {secretKeyRef: {name: a, key: b}}}]
        metrics:
        - name: a
          failureCondition: 'false'
          provider: {prometheus: {query: '\(query)'}}
      """)
    let lines = set.diagnostics.map(\.description)
    if query.contains("token") {
      #expect(
        lines == [
          "a.yaml:9:36: note: spec.metrics[0].provider.prometheus.query: the value of `token` is that "
            + "of a Secret, which a simulation does not have: the metric is left out"
        ])
      #expect(set.templates.first?.metrics == [])
      #expect(set.templateEntries.first?.unsupported.map(\.severity) == [.error])
    } else if let expected {
      #expect(lines.count == 1 && lines[0].hasPrefix("a.yaml:" + expected), "\(lines)")
    } else {
      #expect(lines == [])
    }
    #expect(set.templates.map(\.namespace) == set.templates.map { _ in "" })
    #expect(set.templates.map(\.reference.isOfCluster) == set.templates.map { _ in true })
  }

  /// A provider and what is said of it; whether the template is kept.
  @Test(arguments: [
    (
      "{web: {url: http://a}}",
      "9:21: note: spec.metrics[0].provider.web: `web` cannot be asked in a simulation: the metric is left out",
      true
    ),
    (
      "{job: {spec: {}}}",
      "9:21: note: spec.metrics[0].provider.job: `job` cannot be asked in a simulation: the metric is left out",
      true
    ),
    (
      "{prometheus: {query: up, rangeQuery: {step: 1m}}}",
      "9:52: note: spec.metrics[0].provider.prometheus.rangeQuery: a range query cannot be asked in a simulation: the metric is left out",
      true
    ),
    (
      "{web: {}, prometheus: {query: up}}",
      "9:37: error: spec.metrics[0].provider.prometheus: a metric has one provider, and `web` stands there too; write a metric for each",
      false
    ),
    ("{}", "9:15: error: spec.metrics[0].provider: there is no provider; add `prometheus:`", false),
    (
      "{promethus: {query: up}}",
      "9:16: warning: spec.metrics[0].provider.promethus: unknown field `promethus`: kept, not simulated; did you mean `prometheus`?",
      true
    ),
    (
      "{prometheus: {qeury: up}}",
      "9:28: error: spec.metrics[0].provider.prometheus.query: required field is missing; add `query:`",
      false
    ),
  ])
  func otherProvidersAreNotAsked(provider: String, expected: String, isKept: Bool) {
    let set = read(
      """
      apiVersion: argoproj.io/v1alpha1
      kind: AnalysisTemplate
      metadata:
        name: a
      spec:
        metrics:
        - name: a
          failureCondition: 'false'
          provider: \(provider)
      """)
    let lines = set.diagnostics.map(\.description)
    #expect(lines.contains("a.yaml:" + expected), "\(lines)")
    #expect(set.templates.count == (isKept ? 1 : 0))
    if isKept { #expect(set.templates.first?.metrics == []) }
    let isUnsupported = expected.contains("cannot be asked")
    #expect((set.templateEntries.first?.unsupported.count ?? 0) == (isUnsupported ? 1 : 0))
  }

  @Test func otherMistakesAreReported() {
    #expect(
      read(
        """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: a}
        spec:
          metrics:
          - {name: a, provider: {prometheus: {query: up}}}
          - {name: a, provider: {prometheus: {query: up}}, failureCondition: 'true'}
          dryRun: [{metricName: '('}]
        """
      ).diagnostics.map(\.description) == [
        "a.yaml:6:5: warning: spec.metrics[0]: without a condition every measurement succeeds; "
          + "add `successCondition:`",
        "a.yaml:7:12: error: spec.metrics[1].name: another metric has the name `a` too; "
          + "rename one of them",
        "a.yaml:8:12: error: spec.dryRun[0].metricName: error parsing regexp: missing closing ): "
          + "`(`",
      ])
    let old = read("apiVersion: argoproj.io/v1alpha2\nkind: AnalysisTemplate\nmetadata: {name: a}")
    #expect(
      old.diagnostics.map(\.description) == [
        "a.yaml:1:13: error: AnalysisTemplate is read of `argoproj.io/v1alpha1` only; write that"
      ])
    #expect(read("apiVersion: example.com/v1\nkind: Canary\n").diagnostics == [])
    #expect(read("kind: AnalysisTemplate\n").diagnostics == [])
    let empty = read(
      "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nmetadata: {name: a}\nspec: {}")
    #expect(empty.diagnostics.map(\.message) == ["there are no metrics"])
    #expect(read("- [").hasErrors && read("5").diagnostics == [] && read("").diagnostics == [])
  }

  @Test func documentsOfOneKeyAndListsAreRead() throws {
    let template = good.replacing("success-rate", with: "rate")
    let text = good + "\n---\n" + template + "\n---\n" + good.replacing("20s", with: "30s")
    let set = read(text)
    #expect(set.templates.map(\.reference.name) == ["rate", "success-rate"])
    #expect(set.templates.last?.metrics.first?.interval == "30s")
    #expect(
      set.diagnostics.map(\.description) == [
        "a.yaml:73:1: warning: the same AnalysisTemplate stands at a.yaml:1:1 too; "
          + "the later one is used; remove one of them"
      ])
    let manifests = AnalysisReader.read(manifests: [("a.yaml", Array(text.utf8))])
    #expect(manifests.diagnostics == [] && manifests.templates == set.templates)
    let items = good.split(separator: "\n", omittingEmptySubsequences: false)
    let list =
      "kind: List\napiVersion: v1\nitems:\n- "
      + items.joined(separator: "\n  ")
    #expect(read(list).templates.count == 1)
  }
}
