import ClusterAPI
import PromQL
import Testing
import Units

@testable import Control

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

  @Test func variablesAreFilled() {
    let filled = ObjectiveQueries.fill(
      #"m{namespace="{{ namespace }}",pod=~"{{revision}}-.+",d="{{ target }}"}[{{ interval }}]"#,
      deployment: deployment, replicaSet: "web-new1", window: .seconds(60))
    #expect(filled == #"m{namespace="shop",pod=~"web-new1-.+",d="web"}[60000ms]"#)
    for wrong in ["{{ primary }}", "{{ namespace"] {
      #expect(
        ObjectiveQueries.fill(
          wrong, deployment: deployment, replicaSet: "a", window: .seconds(1)) == nil)
    }
  }

  /// Whatever revision is asked for, its series are among those that are announced.
  @Test func allQueriesAreAnnounced() throws {
    var rule = RollbackGuard(deployment: deployment)
    rule.objectives = [objective(.errorRatio(Ratio(ppm: 1)))]
    rule.measurements = [
      .init(query: #"sum(up{pod=~"{{ revision }}-.+"})"#, bound: NumberBound(.above, 0))
    ]
    let selectors = try ObjectiveQueries.all(of: rule).flatMap {
      try Query($0).selectors(from: 0, through: 0).map(\.matchers)
    }
    let pod = Labels(
      name: "http_requests_total",
      [Label("namespace", "shop"), Label("pod", "web-7d9c5b6f4-x2x8q"), Label("code", "500")])
    let up = Labels(name: "up", [Label("pod", "web-7d9c5b6f4-x2x8q")])
    for labels in [pod, up] {
      #expect(selectors.contains { $0.allSatisfy { $0.matches(labels) } }, "\(labels)")
    }
  }
}
