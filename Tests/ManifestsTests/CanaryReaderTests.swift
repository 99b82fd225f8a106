import ClusterAPI
import Control
import PromQL
import Testing
import Units

@testable import Manifests

@Suite struct CanaryReaderTests {
  private func read(_ text: String) -> AnalysisSet {
    AnalysisReader.read(files: [("c.yaml", Array(text.utf8))])
  }

  private static let note =
    "c.yaml:2:7: note: of a Canary only the checks of its metrics are used"

  private let good = """
    apiVersion: flagger.app/v1beta1
    kind: Canary
    metadata: {name: podinfo, namespace: test}
    spec:
      provider: nginx
      targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      ingressRef: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: front}
      autoscalerRef: {kind: HorizontalPodAutoscaler, name: web}
      progressDeadlineSeconds: 60
      service: {port: 80, name: web-svc, hosts: [a]}
      analysis:
        interval: 1m30s
        threshold: 5
        maxWeight: 50
        stepWeights: [10]
        webhooks: [{name: a, url: http://a}]
        metrics:
        - name: errors
          templateRef: {name: errors}
          interval: 30s
          thresholdRange: {min: 1, max: 5.5}
          templateVariables: {direction: inbound}
        - name: request-success-rate
          thresholdRange: {min: 99}
        - {name: request-duration, interval: 2m, thresholdRange: {max: 500.9}}
        - {name: mine, query: 'my_errors{ns="{{x}}"}', threshold: 5}
        - {name: latency, templateRef: {name: latency, namespace: shared}, threshold: 7}
    ---
    apiVersion: flagger.app/v1beta1
    kind: MetricTemplate
    metadata: {name: errors, namespace: test}
    spec:
      provider: {type: prometheus, address: http://prometheus}
      query: |
        my_errors{ns="{{ namespace }}",d="{{ variables.direction }}",s=~"{{ service }}|{{ ingress }}"}
          offset {{ interval }}
    ---
    apiVersion: flagger.app/v1beta1
    kind: MetricTemplate
    metadata: {name: latency, namespace: shared}
    spec: {query: 'latency{t="{{ target }}", r="{{ route }}", n="{{ name }}"}'}
    """

  @Test func canariesAreReadWithTheirTemplates() throws {
    let set = read(good)
    #expect(set.diagnostics.map(\.description) == [CanaryReaderTests.note])
    let entry = try #require(set.canaryEntries.first)
    #expect(set.canaries.count == 1 && entry.unsupported == [] && entry.location.line == 1)
    let canary = entry.value
    #expect(canary.canary.namespace == "test" && canary.canary.name == "podinfo")
    #expect(canary.provider == "nginx" && canary.target == "web" && canary.service == "web-svc")
    #expect(canary.ingress == "front" && canary.route == "web")
    #expect(canary.interval == .seconds(90) && canary.threshold == 5)
    // Those of templates come last.
    #expect(
      canary.checks.map(\.name) == [
        "request-success-rate", "request-duration", "mine", "errors", "latency",
      ])
    #expect(canary.checks.map(\.min) == [99, nil, nil, 1, nil])
    #expect(canary.checks.map(\.max) == [nil, 500, 5, 5.5, 7])
    #expect(canary.checks.map(\.interval) == ["1m", "2m", "1m", "30s", ""])
    #expect(canary.checks[0].source == .successRate && canary.checks[1].source == .duration)
    #expect(canary.checks[3].variables == [AnalysisVariable("direction", "inbound")])
    var queries: [String] = []
    for check in canary.checks {
      guard case .query(let text) = check.source else { continue }
      queries.append(try QueryTemplate(text).expanded(canary.values(for: check)))
    }
    #expect(
      queries == [
        "my_errors{ns=\"{{x}}\"}",
        "my_errors{ns=\"test\",d=\"inbound\",s=~\"web-svc|front\"}\n  offset 30s\n",
        "latency{t=\"web\", r=\"web\", n=\"podinfo\"}",
      ])
  }

  /// As recorded of Flagger 1.44.
  @Test func recordedQueriesAreThoseOfTheCluster() throws {
    let set = read(
      """
      apiVersion: flagger.app/v1beta1
      kind: Canary
      metadata: {name: web, namespace: NS}
      spec:
        provider: istio
        targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        service: {port: 80, targetPort: 8080}
        analysis:
          interval: 10s
          threshold: 0
          metrics:
          - {name: errors, templateRef: {name: errors}, interval: 30s}
      ---
      apiVersion: flagger.app/v1beta1
      kind: MetricTemplate
      metadata: {name: errors, namespace: NS}
      spec:
        provider: {type: prometheus, address: PROM}
        query: 'my_errors{ns="{{ namespace }}",target="{{ target }}"}[{{ interval }}]'
      """)
    #expect(
      set.diagnostics.map(\.description) == [
        CanaryReaderTests.note,
        "c.yaml:12:7: warning: spec.analysis.metrics[0].thresholdRange: without bounds every value "
          + "above 0 fails; add `thresholdRange:` with `min:` or `max:`",
      ])
    let canary = try #require(set.canaries.first)
    #expect(canary.threshold == 1 && canary.service == "web" && canary.ingress == "web")
    let check = try #require(canary.checks.first)
    #expect(check.min == nil && check.max == 0)
    guard case .query(let text) = check.source else {
      Issue.record("no query")
      return
    }
    let query = try QueryTemplate(text).expanded(canary.values(for: check))
    #expect(query == "my_errors{ns=\"NS\",target=\"web\"}[30s]")
  }

  /// The fields of an analysis at line 6, and what is said of them; whether the Canary is kept.
  @Test(
    arguments: [
      (
        "interval: 2s",
        "6:15: warning: spec.analysis.interval: `2s` is less than 10s, and taken for 10s", true
      ),
      (
        "interval: soon",
        "6:15: warning: spec.analysis.interval: `soon` is no length of time, and taken for 60s; write such as 30s or 1m",
        true
      ),
      (
        "threshold: many",
        "6:16: error: spec.analysis.threshold: must be an integer, but is the string `many`", false
      ),
      (
        "treshold: 5",
        "6:5: warning: spec.analysis.treshold: unknown field `treshold`: kept, not simulated; did you mean `threshold`?",
        true
      ),
      ("iterations: 5", nil, true),
      ("metrics: []", nil, true),
      ("metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]", nil, true),
      (
        "metrics: [{name: request-sucess-rate, thresholdRange: {min: 99}}]",
        "6:22: error: spec.analysis.metrics[0].name: nothing is measured by `request-sucess-rate`: in the cluster the check fails always; did you mean `request-success-rate`?",
        false
      ),
      (
        "metrics: [{name: request-duration}]",
        "6:15: warning: spec.analysis.metrics[0].thresholdRange: without bounds every value above 0 fails; add `thresholdRange:` with `min:` or `max:`",
        true
      ),
      (
        "metrics: [{name: request-success-rate}]",
        "6:15: warning: spec.analysis.metrics[0].thresholdRange: without bounds every value passes; add `thresholdRange:` with `min:` or `max:`",
        true
      ),
      (
        "metrics: [{name: request-duration, thresholdRange: {}}]",
        "6:56: warning: spec.analysis.metrics[0].thresholdRange: without bounds every value passes; add `min:` or `max:`",
        true
      ),
      (
        "metrics: [{name: request-duration, thresholdRange: {min: 5, max: 1}}]",
        "6:56: warning: spec.analysis.metrics[0].thresholdRange: no value is at least 5 and at most 1",
        true
      ),
      (
        "metrics: [{name: request-duration, threshold: 5, thresholdRange: {max: 1}}]",
        "6:51: warning: spec.analysis.metrics[0].threshold: not used: `thresholdRange` takes its place; remove it",
        true
      ),
      (
        "metrics: [{name: request-duration, threshold: much}]",
        "6:51: error: spec.analysis.metrics[0].threshold: must be a number, but is the string `much`",
        false
      ),
      (
        "metrics: [{name: request-duration, interval: 1x, threshold: 5}]",
        "6:50: error: spec.analysis.metrics[0].interval: `1x` is no range of Prometheus; write such as 30s or 1m",
        false
      ),
      (
        "metrics: [{name: request-duration, thresholdrange: {max: 5}, threshold: 5}]",
        "6:40: warning: spec.analysis.metrics[0].thresholdrange: unknown field `thresholdrange`: kept, not simulated; did you mean `thresholdRange`?",
        true
      ),
      (
        "metrics: [{name: a, query: 'up{', threshold: 5}]",
        "6:36: error: spec.analysis.metrics[0].query: no PromQL: ", false
      ),
      (
        "metrics: [{name: a, templateRef: {name: eror}, threshold: 5}]",
        "6:45: error: spec.analysis.metrics[0].templateRef.name: there is no MetricTemplate `eror` in the namespace default; did you mean `error`?",
        false
      ),
      (
        "metrics: [{name: a, templateRef: {name: far}, threshold: 5}]",
        "6:45: error: spec.analysis.metrics[0].templateRef.name: there is no MetricTemplate `far` in the namespace default; write `namespace: away` beside it",
        false
      ),
      (
        "metrics: [{name: a, templateRef: {name: web}, threshold: 5}]",
        "6:38: note: spec.analysis.metrics[0].templateRef: `datadog` of MetricTemplate default/web cannot be asked in a simulation: the metric is left out",
        true
      ),
      (
        "metrics: [{name: a, templateRef: {name: error}, threshold: 5}]",
        "6:38: error: spec.analysis.metrics[0].templateRef: the query of MetricTemplate default/error is no PromQL: ",
        false
      ),
      ("metrics: [{name: a, interval: 1m, templateRef: {name: error}, threshold: 5}]", nil, true),
      (
        "metrics: [{name: a, templateRef: {}, threshold: 5}]",
        "6:38: error: spec.analysis.metrics[0].templateRef.name: required field is missing; add `name:`",
        false
      ),
    ] as [(String, String?, Bool)])
  func whatIsWrongHasItsPlace(fields: String, expected: String?, isKept: Bool) {
    let set = read(
      """
      apiVersion: flagger.app/v1beta1
      kind: Canary
      metadata: {name: a}
      spec:
        analysis:
          \(fields)
        targetRef: {name: web}
      ---
      apiVersion: flagger.app/v1beta1
      kind: MetricTemplate
      metadata: {name: error}
      spec: {query: 'rate(errors[{{ interval }}])'}
      ---
      apiVersion: flagger.app/v1beta1
      kind: MetricTemplate
      metadata: {name: far, namespace: away}
      spec: {query: up}
      ---
      apiVersion: flagger.app/v1beta1
      kind: MetricTemplate
      metadata: {name: web}
      spec: {query: 'avg:up{a:b}', provider: {type: datadog}}
      """)
    let lines = set.diagnostics.map(\.description)
    #expect(lines.first == CanaryReaderTests.note)
    #expect(lines.count == (expected == nil ? 1 : 2))
    if let expected { #expect(lines.last?.hasPrefix("c.yaml:" + expected) == true, "\(lines)") }
    #expect(set.canaries.count == (isKept ? 1 : 0))
    #expect(set.rejections.map(\.kind) == (isKept ? [] : ["Canary"]))
    let isLeftOut = fields.contains("name: web")
    #expect((set.canaryEntries.first?.unsupported.count ?? 0) == (isLeftOut ? 1 : 0))
    if isLeftOut { #expect(set.canaries.first?.checks == []) }
  }

  @Test func templatesWithErrorsAreNotUsed() {
    #expect(
      read(
        """
        apiVersion: flagger.app/v1beta1
        kind: MetricTemplate
        metadata: {name: a}
        spec:
          query: |
            up
            {{ nmae }}
        ---
        apiVersion: flagger.app/v1beta1
        kind: MetricTemplate
        metadata: {name: b}
        spec: {provider: {type: promtheus}, query: up}
        ---
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: a}
        spec:
          skipAnalysis: true
          targetRef: {name: web}
          canaryAnalysis:
            metrics:
            - {name: a, templateRef: {name: a}, threshold: 1}
            - {name: b, templateRef: {name: b}, threshold: 1}
        ---
        apiVersion: flagger.app/v1alpha3
        kind: Canary
        metadata: {name: a}
        ---
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: b}
        spec: {service: 5}
        """
      ).diagnostics.map(\.description) == [
        "c.yaml:7:8: error: spec.query: function \"nmae\" not defined",
        "c.yaml:12:25: error: spec.provider.type: `promtheus` is none of prometheus, influxdb, "
          + "datadog, stackdriver, cloudwatch, newrelic, graphite, dynatrace, keptn, splunk; "
          + "did you mean `prometheus`?",
        "c.yaml:15:7: note: of a Canary only the checks of its metrics are used",
        "c.yaml:18:17: warning: spec.skipAnalysis: the cluster skips the analysis; who uses it here "
          + "has its checks made",
        "c.yaml:22:30: error: spec.canaryAnalysis.metrics[0].templateRef: MetricTemplate default/a "
          + "has errors",
        "c.yaml:23:30: error: spec.canaryAnalysis.metrics[1].templateRef: MetricTemplate default/b "
          + "has errors",
        "c.yaml:25:13: error: Canary is read of `flagger.app/v1beta1` only; write that",
        "c.yaml:32:7: error: spec.targetRef: required field is missing; add `targetRef:`",
        "c.yaml:32:7: error: spec.analysis: required field is missing; add `analysis:`",
        "c.yaml:32:17: error: spec.service: must be a mapping, but is the integer `5`",
      ])
  }

  /// A template may stand in another file, also in a later one.
  @Test func filesBelongTogether() {
    let parts = good.split(separator: "---\n").map(String.init)
    let files = parts.enumerated().map { ("\($0.offset).yaml", Array($0.element.utf8)) }
    #expect(AnalysisReader.read(manifests: files).canaries == read(good).canaries)
    #expect(AnalysisReader.read(manifests: [files[0], files[1]]).hasErrors)
  }
}
