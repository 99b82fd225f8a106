import ClusterAPI
import Control
import Manifests
import Recording
import Testing
import Units

@testable import Harness

/// Guards that judge by templates of Argo Rollouts and Canaries of Flagger.
@Suite struct GuardAnalysisTests {
  private static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, labels: {region: north}}
    spec:
      replicas: 2
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "web:v1", readinessProbe: {tcpSocket: {port: 80}}}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80}]}

    """

  private static let template = """
    apiVersion: argoproj.io/v1alpha1
    kind: AnalysisTemplate
    metadata: {name: success-rate}
    spec:
      args: [{name: hash}]
      metrics:
      - name: success-rate
        interval: 5s
        successCondition: len(result) == 0 || isNaN(result[0]) || result[0] > 0.95
        provider:
          prometheus:
            query: |
              sum(rate(http_requests_total{pod=~"web-{{args.hash}}-.+",code!="500"}[20s]))
              / sum(rate(http_requests_total{pod=~"web-{{args.hash}}-.+"}[20s]))

    """

  private static func canary(_ checks: String, provider: String = "istio") -> String {
    """
    apiVersion: flagger.app/v1beta1
    kind: MetricTemplate
    metadata: {name: errors}
    spec:
      provider: {type: prometheus, address: "http://prometheus:9090"}
      query: |
        sum(rate(http_requests_total{namespace="{{ namespace }}",code="500"}[{{ interval }}])) or vector(0)
    ---
    apiVersion: flagger.app/v1beta1
    kind: Canary
    metadata: {name: web}
    spec:
      provider: \(provider)
      targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      service: {port: 80}
      analysis:
        interval: 10s
        threshold: 2
        iterations: 5
        metrics: \(checks)

    """
  }

  private func read(_ rest: String, _ documents: String) -> ScenarioReader.Result {
    let text =
      Scenarios.head(manifests: "web.yaml, analysis.yaml")
        + """
          cluster: {nodePools: [{name: a, count: 3, machine: {cpu: 8, memory: 16Gi}}]}
          load: [{service: web, curve: {constant: 100}}]
          scrapeInterval: 5s
          change: {at: 1m, setImage: {deployment: web, image: "web:v2"}}

        """ + rest
    return Scenarios.read(
      text: text, files: [("web.yaml", Self.web), ("analysis.yaml", documents)])
  }

  private func guarded(_ guarding: String) -> String {
    """
      images: [{match: "web:v2", errors: 20%}]
      guards:
      - {deployment: web, \(guarding)}
      expect: {outcome: rolledBack}
    """
  }

  private func record(_ guarding: String, _ documents: String) throws -> RunRecord {
    let result = read(guarded(guarding), documents)
    return ScenarioRun(
      try #require(result.scenario, "\(result.diagnostics.map(\.description))")
    ).record(seed: 1)
  }

  private let analysis = """
    analysis: {templates: [{templateName: success-rate}], args: [{name: hash, \
    valueFrom: {podTemplateHashValue: Latest}}]}
    """

  @Test func anAnalysisTemplateRollsBack() throws {
    let record = try record(analysis, Self.template)
    #expect(record.findings.map(\.result) == ["met"], "\(record.findings)")
    guard
      case .metricAssessed("success-rate", .failed, 1, 0, _)? =
        record.decisions.first?.decision.reason
    else {
      Issue.record("\(record.decisions)")
      return
    }
    // The hash of the other revision: nothing to object to.
    let other = analysis.replacing("Latest", with: "Stable")
    #expect(try self.record(other, Self.template).findings.map(\.result) == ["broken"])
  }

  /// Five errors in a row: the metric has no data, and the condition wants some.
  @Test func anAnalysisWithErrorsRollsBack() throws {
    let template = Self.template.replacing(
      "len(result) == 0 || isNaN(result[0]) || result[0] > 0.95", with: "result[0] > 0.95"
    ).replacing("web-{{args.hash}}", with: "none-{{args.hash}}")
    let record = try record(analysis, template)
    guard
      case .metricAssessed("success-rate", .error, 5, 4, [])? =
        record.decisions.first?.decision.reason
    else {
      Issue.record("\(record.decisions)")
      return
    }
  }

  @Test func aCanaryRollsBackByItsTemplate() throws {
    let checks =
      "[{name: errors, templateRef: {name: errors}, interval: 20s, thresholdRange: {max: 1}}]"
    let record = try record("canary: web", Self.canary(checks))
    #expect(record.findings.map(\.result) == ["met"], "\(record.findings)")
    guard
      case .checksFailed(let canary, 2, 2, "errors", _?, nil, 1)? =
        record.decisions.first?.decision.reason
    else {
      Issue.record("\(record.decisions)")
      return
    }
    #expect(canary.name == "web")
  }

  private static let success = "[{name: request-success-rate, thresholdRange: {min: 99}}]"

  @Test(
    arguments: [
      (
        "analysis: {templates: [{templateName: sucess-rate}]}", template,
        "no AnalysisTemplate `sucess-rate`", "success-rate"
      ),
      (
        "analysis: {templates: [{templateName: success-rate, clusterScope: true}]}", template,
        "no ClusterAnalysisTemplate `success-rate`", nil
      ),
      ("analysis: {templates: [{templateName: success-rate}]}", template, "args.hash", nil),
      (
        "analysis: {templates: [{templateName: success-rate}], args: [{name: hash}]}", template,
        "the argument has no value", nil
      ),
      ("canary: wbe", canary(success), "no Canary `wbe`", "web"),
      ("canary: web", canary(success, provider: "linkerd"), "provider `linkerd`", nil),
      ("canary: web", canary("[]"), "measures nothing", nil),
    ] as [(String, String, String, String?)])
  func whatIsNotThereIsSaid(
    guarding: String, documents: String, message: String, nearest: String?
  ) throws {
    let result = read(guarded(guarding), documents)
    let errors = result.diagnostics.filter { $0.severity == .error }
    let error = try #require(
      errors.first { $0.message.contains(message) }, "\(errors.map(\.description))")
    #expect(error.location.line > 0 && error.remedy != nil)
    if let nearest { #expect(error.nearest == nearest) }
  }

  /// Without a proxy there is nothing that the built-in checks could read.
  @Test func podsWithoutAProxyAreAWarning() throws {
    let warned = read(guarded("canary: web"), Self.canary(Self.success)).diagnostics
    #expect(warned.contains { $0.severity == .warning && $0.message.contains("no proxy of Istio") })
    let namespace = """
      apiVersion: v1
      kind: Namespace
      metadata: {name: default, labels: {istio-injection: enabled}}
      ---

      """
    let silent = read(guarded("canary: web"), namespace + Self.canary(Self.success)).diagnostics
    #expect(!silent.contains { $0.message.contains("no proxy of Istio") })
  }

  /// Metrics that nothing shows.
  @Test func anUnknownMetricOfATemplateIsAWarning() throws {
    let template = Self.template.replacing("http_requests_total", with: "http_request_total")
    let result = read(guarded(analysis), template)
    let warning = try #require(result.diagnostics.first { $0.severity == .warning })
    #expect(warning.message.contains("`http_request_total`"))
    #expect(warning.nearest == "http_requests_total")
    #expect(read(guarded(analysis), Self.template).diagnostics.allSatisfy { $0.severity == .note })
  }
}
