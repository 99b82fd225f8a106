import ClusterAPI
import PromQL
import Testing
import Units

@testable import Control
@testable import World

/// What a guard asks of Prometheus, and what it makes of the answers.
@Suite struct ObjectiveQueriesTests {
  private let service = ObjectKey(.service, namespace: "shop", name: "web")
  private let deployment = ObjectKey(.deployment, namespace: "shop", name: "web")

  private func objective(_ limit: ObjectiveLimit) -> RollbackGuard.Objective {
    .init(service: service, limit: limit, window: .seconds(30), minimumRequests: 10)
  }

  /// Two pods of the revision, one of the other; every 15 s, 15 requests each, of which pod a fails 3.
  private var store: SeriesStore {
    var store = SeriesStore()
    for step in 0...8 as ClosedRange<Int64> {
      func add(_ pod: String, _ code: String, _ rate: Double) {
        let own = [
          Label("namespace", "shop"), Label("pod", pod), Label("service", "web"),
          Label("code", code),
        ]
        let time = step * 15_000
        let count = rate * Double(step)
        store.add(time: time, value: count, to: Labels(name: "http_requests_total", own))
        for (le, share) in [("0.1", 0.5), ("0.2", 1.0), ("+Inf", 1.0)] {
          store.add(
            time: time, value: count * share,
            to: Labels(
              name: "http_request_duration_seconds_bucket", own + [Label("le", le)]))
        }
      }
      add("web-new1-abcde", "200", 12)
      add("web-new1-abcde", "500", 3)
      add("web-new1-fghij", "200", 15)
      add("web-old1-klmno", "200", 15)
    }
    return store
  }

  private func number(_ text: String) throws -> Double? {
    guard case .vector(let values) = try Query(text).instant(at: 121_000, in: store).value else {
      return nil
    }
    return values.first?.value
  }

  @Test func aRevisionIsMeasuredByItsPods() throws {
    let errors = ObjectiveQueries(
      objective(.errorRatio(Ratio(ppm: 1))), .application(), replicaSet: "web-new1")
    #expect(
      errors.value
        == #"(sum(rate(http_requests_total{namespace="shop",pod=~"web-new1-[a-z0-9]{5}",code=~"5..|499"}[30000ms])) "#
        + #"or vector(0)) / sum(rate(http_requests_total{namespace="shop",pod=~"web-new1-[a-z0-9]{5}"}[30000ms]))"#
    )
    #expect(try number(errors.value) == 0.1)
    let count = try #require(try number(errors.count))
    #expect(abs(count - 60) < 5)
    let whole = ObjectiveQueries(
      objective(.errorRatio(Ratio(ppm: 1))), .application(), replicaSet: nil)
    #expect(abs(try #require(try number(whole.value)) - 3 / 45) < 1e-9)
    let latency = ObjectiveQueries(
      objective(.latency(quantile: Ratio(ppm: 750_000), .milliseconds(1))), .application(),
      replicaSet: "web-new1")
    #expect(abs(try #require(try number(latency.value)) - 0.15) < 1e-9)
    #expect(latency.unit == 1e9)
  }

  @Test func nobodyAskedHasNoRatio() throws {
    let errors = ObjectiveQueries(
      objective(.errorRatio(Ratio(ppm: 1))), .application(), replicaSet: "web-none")
    #expect(try number(errors.value) == nil)
    #expect(try number(errors.count) == nil)
  }

  @Test func istioTellsOfPodsAndOfClients() throws {
    let latency = objective(.latency(quantile: Ratio(ppm: 990_000), .milliseconds(1)))
    let own = ObjectiveQueries(latency, .istio, replicaSet: "web-new1")
    #expect(own.value.contains(#"reporter="destination",namespace="shop",pod=~"web-new1-"#))
    #expect(own.value.hasPrefix("histogram_quantile(0.990000, "))
    #expect(own.unit == 1e6)
    let all = ObjectiveQueries(latency, .istio, replicaSet: nil)
    #expect(all.count.contains(#"reporter="source",destination_service_namespace="shop""#))
    for text in [own.value, own.count, all.value, all.count] { _ = try Query(text) }
  }

  @Test func variablesAreFilled() throws {
    let filled = try ObjectiveQueries.fill(
      #"m{namespace="{{ namespace }}",pod=~"{{revision}}-.+",d="{{ target }}"}[{{ interval }}]"#,
      deployment: deployment, replicaSet: "web-new1", window: .seconds(60))
    #expect(filled == #"m{namespace="shop",pod=~"web-new1-.+",d="web"}[60000ms]"#)
    for (wrong, name) in [("{{ primary }}", "primary"), ("{{ namespace", "")] {
      #expect(throws: ObjectiveQueries.UnknownVariable(name: name)) {
        try ObjectiveQueries.fill(
          wrong, deployment: deployment, replicaSet: "a", window: .seconds(1))
      }
    }
  }

  /// Whatever revision is asked for, its series are kept.
  @Test func allQueriesAreAnnounced() throws {
    var rule = RollbackGuard(deployment: deployment)
    rule.objectives = [objective(.errorRatio(Ratio(ppm: 1)))]
    rule.measurements = [
      .init(query: #"sum(up{pod=~"{{ revision }}-.+"})"#, bound: NumberBound(.above, 0)),
      .init(
        query: #"sum(kube_replicaset_status_replicas{replicaset="{{ revision }}",job="ksm"})"#,
        bound: NumberBound(.above, 0)),
    ]
    var metric = AnalysisTemplate.Metric()
    metric.query = #"errors{hash="{{args.hash}}",region="{{args.region}}"}"#
    var template = AnalysisTemplate()
    template.metrics = [metric]
    rule.analysis = GuardAnalysis(
      templates: [template],
      arguments: [.init("hash", .latestHash), .init("region", .field("metadata.labels['region']"))])
    var canary = CanaryAnalysis(canary: ObjectKey(.canary, namespace: "shop", name: "web"))
    canary.target = "web"
    canary.checks = [.init()]
    rule.canary = canary
    let wanted = WantedSeries(try GuardQueries.all(of: rule).map { try Query($0) })
    let series: [(String, [(String, String)])] = [
      (
        "http_requests_total",
        [("namespace", "shop"), ("pod", "web-7d9c5b6f4-x2x8q"), ("code", "500")]
      ),
      ("up", [("pod", "web-7d9c5b6f4-x2x8q")]),
      ("kube_replicaset_status_replicas", [("replicaset", "web-7d9c5b6f4"), ("job", "ksm")]),
      ("errors", [("hash", "7d9c5b6f4"), ("region", "north")]),
      (
        "istio_requests_total",
        [
          ("reporter", "destination"), ("destination_workload_namespace", "shop"),
          ("destination_workload", "web"),
        ]
      ),
    ]
    for (name, labels) in series {
      #expect(wanted.wants(Labels(name: name, labels.map { Label($0.0, $0.1) })), "\(name)")
    }
    let other = Labels(
      name: "kube_replicaset_status_replicas", [Label("replicaset", "web-1"), Label("job", "x")])
    #expect(!wanted.wants(other))
  }
}
