import Foundation
import PromQL
import Testing
import Units

@testable import World

/// What is exported, in the hands of Prometheus' own programs.
///
/// Debian ships Prometheus 2.42, which differs from 3, and so from the engine here, in two ways:
///
/// - Its ranges include their left end. Scrapes fall on whole seconds, and evaluations between them.
/// - It extrapolates a counter that begins within the range to its zero, also where that is farther away
///   than half of what lies between two samples. Rates are asked where no range of theirs has the
///   beginning of a counter in it.
///
/// OpenMetrics has no staleness markers, so for 5 minutes (the lookback) the server still shows a series
/// that has ended: what selects instants of series that end is asked before the rollout, and 5 minutes
/// after it. A range leaves the markers out anyway.
@Suite(.serialized) struct PrometheusTests {
  private static let isHere: Bool = {
    if Prometheus.missing.isEmpty { return true }
    let list = Prometheus.missing.joined(separator: ", ")
    FileHandle.standardError.write(
      Data("\nSKIPPED: PrometheusTests: not installed: \(list) (apt install prometheus)\n\n".utf8))
    return false
  }()

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "wavetank-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static let early = Span.seconds(160)
  private static let late = Span.seconds(570)

  @Test(.enabled(if: isHere)) func theLinterOfMetricsHasNoObjections() throws {
    let store = try #require(ScrapedRun.store)
    try inFolder { folder in
      let file = folder.appendingPathComponent("run.openmetrics")
      try Data(store.openMetrics.utf8).write(to: file)
      let result = try Prometheus.run(["promtool", "check", "metrics"], in: folder, input: file)
      #expect(result.code == 0, "\(result.output)\(result.errors)")
      // It does object to what is wrong.
      try Data("# TYPE requests counter\nrequests 1\n".utf8).write(to: file)
      let wrong = try Prometheus.run(["promtool", "check", "metrics"], in: folder, input: file)
      #expect(wrong.code != 0)
    }
  }

  /// Exporters whose names the linter objects to; they are what users' queries name.
  private static let ownNames = ["istio_", "nginx_ingress_controller_", "vllm:"]

  /// Of every family that a run may show.
  @Test(.enabled(if: isHere)) func theLinterObjectsToNoFamily() throws {
    try inFolder { folder in
      let file = folder.appendingPathComponent("catalog.openmetrics")
      try Data(MetricCatalog.text.utf8).write(to: file)
      let result = try Prometheus.run(["promtool", "check", "metrics"], in: folder, input: file)
      let said = (result.output + result.errors).split(separator: "\n").map(String.init)
        .filter { line in !Self.ownNames.contains { line.hasPrefix($0) } }
      #expect(said == [], "\(said.joined(separator: "\n"))")
    }
  }

  @Test(.enabled(if: isHere)) func aServerOverTheImportedBlocksAnswersAlike() throws {
    let store = try #require(ScrapedRun.store)
    try inFolder { folder in
      let file = folder.appendingPathComponent("run.openmetrics")
      try Data(store.openMetrics.utf8).write(to: file)
      let blocks = folder.appendingPathComponent("blocks")
      let made = try Prometheus.run(
        ["promtool", "tsdb", "create-blocks-from", "openmetrics", file.path, blocks.path],
        in: folder)
      #expect(made.code == 0, "\(made.output)\(made.errors)")
      let server = try PrometheusServer(blocks: blocks, in: folder)
      defer { server.end() }
      for (query, spans) in Self.queries {
        let times = spans.times(from: store.begin)
        let theirs = try Answer(server.answer(query, times: times))
        let ours = try Answer(query, times: times, in: store)
        #expect(!ours.rows.isEmpty, "\(query): no answer")
        #expect(ours.differences(from: theirs) == [], "\(query)")
      }
    }
  }

  @Test(.enabled(if: isHere)) func aServerEndsWhenItIsToldToAndByItsDeadline() throws {
    try inFolder { folder in
      let told = try PrometheusServer(blocks: folder.appendingPathComponent("a"), in: folder)
      #expect(told.isRunning)
      told.end()
      #expect(!told.isRunning)
      #expect(throws: Prometheus.Failure.self) { try told.answer("1", times: .instant(0)) }
      let late = try PrometheusServer(
        blocks: folder.appendingPathComponent("b"), in: folder, seconds: 3)
      let deadline = ProcessInfo.processInfo.systemUptime + 20
      while late.isRunning, ProcessInfo.processInfo.systemUptime < deadline { usleep(50_000) }
      #expect(!late.isRunning)
      late.end()
    }
  }

  private enum Spans {
    case at(Span)
    /// Before the rollout, when all pods have been under load for as long as any range reaches.
    case before
    /// As much later than the rollout.
    case after
    case always

    func times(from begin: Int64) -> PrometheusTimes {
      // Half a second: between scrapes.
      switch self {
      case .at(let span): .instant(begin + span.ns / 1_000_000 + 500)
      case .before: range(begin, 165, 175, step: 1)
      case .after: range(begin, 360, 590, step: 10)
      case .always: range(begin, 60, 590, step: 10)
      }
    }

    private func range(
      _ begin: Int64, _ first: Int64, _ last: Int64, step: Int64
    ) -> PrometheusTimes {
      .range(
        first: begin + first * 1000 + 500, last: begin + last * 1000 + 500, step: step * 1000)
    }
  }

  private static let queries: [(String, Spans)] = [
    ("rate(http_requests_total{service=\"web\"}[1m])", .before),
    ("rate(http_requests_total{service=\"web\"}[1m])", .after),
    ("sum by (service, code) (rate(http_requests_total{service=\"web\"}[2m]))", .after),
    ("increase(kube_pod_container_status_restarts_total[5m])", .at(late)),
    ("increase(kube_pod_container_status_restarts_total{pod=~\"jobs-.*\"}[1m])", .always),
    ("resets(http_requests_total{service=\"jobs\"}[5m])", .always),
    (
      "histogram_quantile(0.95, sum by (le) "
        + "(rate(http_request_duration_seconds_bucket{service=\"web\"}[2m])))", .after
    ),
    ("histogram_quantile(0.5, rate(http_request_duration_seconds_bucket[1m]))", .at(early)),
    ("topk(3, rate(container_cpu_usage_seconds_total[2m]))", .at(early)),
    ("topk by (node) (1, rate(container_cpu_usage_seconds_total{pod=~\"web.*\"}[2m]))", .after),
    ("absent(up{job=\"nothing\"})", .always),
    ("absent(http_requests_total{code=\"502\", service=~\"we.\"})", .at(late)),
    ("avg_over_time(container_memory_working_set_bytes[2m])", .always),
    ("quantile_over_time(0.9, container_memory_working_set_bytes[3m])", .always),
    (
      "sum by (created_by_name) (rate(container_cpu_usage_seconds_total[2m]) "
        + "* on (namespace, pod) group_left (created_by_name) kube_pod_info)", .before
    ),
    (
      "sum by (node, phase) (kube_pod_status_phase{pod=~\"web-.*\"} "
        + "* on (namespace, pod) group_left (node) kube_pod_info) > 0", .at(late)
    ),
    (
      "sum by (code) (rate(http_requests_total{service=\"web\"}[1m])) "
        + "/ sum by (code) (rate(http_requests_total{service=\"web\"}[1m] offset 2m))", .at(late)
    ),
    ("kube_deployment_status_replicas_available / kube_deployment_spec_replicas", .always),
    ("kube_deployment_status_replicas_updated offset 1m", .always),
    ("changes(kube_deployment_status_replicas_ready[4m])", .always),
    // A subquery's steps are whole: the offset brings them between scrapes.
    (
      "max_over_time(sum(rate(http_requests_total{service=\"web\"}[1m] offset 500ms))[3m:20s])",
      .at(late)
    ),
    ("count by (job) (kube_pod_info or kube_node_info)", .at(late)),
    ("sum(kube_node_status_capacity) by (resource, unit)", .at(early)),
    ("count_over_time(up[5m])", .always),
    ("deriv(container_cpu_usage_seconds_total{pod=~\"web-.*\"}[2m])", .always),
  ]
}
