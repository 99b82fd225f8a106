import ClusterAPI
import PromQL
import Units

/// What a server of vLLM shows (docs.vllm.ai, "Production Metrics").
///
/// Its batch has as many places as the profile's `concurrency`, and each request in it holds the same
/// share of the KV cache. Of tokens only the first one is known, where the profile says when it comes.
enum VLLMMetrics {
  static let families: [MetricFamily] = [
    histogram("vllm:e2e_request_latency_seconds", "Duration of requests."),
    gauge("vllm:gpu_cache_usage_perc", "Share of the KV cache in use; name before 0.9."),
    gauge("vllm:kv_cache_usage_perc", "Share of the KV cache in use."),
    gauge("vllm:num_requests_running", "Requests in the batch."),
    gauge("vllm:num_requests_waiting", "Requests that wait for a place in it."),
    histogram("vllm:request_queue_time_seconds", "Wait of requests for a place in the batch."),
    MetricFamily(
      name: "vllm:request_success_total", kind: .counter, help: "Requests that ended.",
      labels: labels + ["finished_reason"]),
    histogram("vllm:time_to_first_token_seconds", "Time up to the first token."),
  ]

  private static let labels = ["engine", "model_name"]

  private static func gauge(_ name: String, _ help: String) -> MetricFamily {
    MetricFamily(name: name, kind: .gauge, help: help, labels: labels)
  }

  private static func histogram(_ name: String, _ help: String) -> MetricFamily {
    MetricFamily(name: name, kind: .histogram, help: help, labels: labels + ["le"])
  }

  /// - Parameter rows: of one process.
  /// - Returns: its series; all of them are there from the start.
  static func write(
    _ rows: [MeterRow], bounds: [Span], _ container: ContainerTemplate, of target: Target,
    _ clock: TelemetryClock, into store: inout TelemetryStore
  ) -> [PromQL.Labels] {
    let own = [Label("engine", "0"), Label("model_name", model(container.container) ?? "")]
    func histogram(_ name: String, _ buckets: [Span]) -> HistogramSeries {
      HistogramSeries(name, own, of: target, buckets: buckets, among: bounds)
    }
    var histograms = [
      (
        histogram("vllm:e2e_request_latency_seconds", MetricBuckets.vllmRequest),
        RequestMeter.Observation.ok
      ),
      (
        histogram("vllm:request_queue_time_seconds", MetricBuckets.vllmRequest), .queueTime
      ),
    ]
    if container.profile.metrics.firstToken != nil {
      histograms.append(
        (
          histogram("vllm:time_to_first_token_seconds", MetricBuckets.vllmFirstToken), .firstToken
        ))
    }
    let places = Double(max(1, container.profile.concurrency))
    let gauges: [(PromQL.Labels, RequestMeter.Field, Double)] = [
      (target.labels("vllm:num_requests_running", own), .serving, 1),
      (target.labels("vllm:num_requests_waiting", own), .waiting, 1),
      (target.labels("vllm:gpu_cache_usage_perc", own), .serving, places),
      (target.labels("vllm:kv_cache_usage_perc", own), .serving, places),
    ]
    let ends: [(PromQL.Labels, RequestMeter.Observation)] = [
      ("stop", RequestMeter.Observation.ok), ("abort", .clientGone),
    ].map {
      (target.labels("vllm:request_success_total", own + [Label("finished_reason", $0)]), $1)
    }
    for row in rows {
      let at = clock.time(row.at)
      for (series, observation) in histograms {
        series.write([row], [observation], at: at, into: &store)
      }
      for (series, field, unit) in gauges {
        store.set(series, phase: target.phase, at: at, Double(row[field]) / unit)
      }
      for (series, observation) in ends {
        store.set(series, phase: target.phase, at: at, Double(row.count(observation)))
      }
    }
    return histograms.flatMap(\.0.all) + gauges.map(\.0) + ends.map(\.0)
  }

  /// The name under which a model is served, as the command line has it: `--served-model-name`,
  /// `--model`, or what follows `serve`.
  static func model(_ container: Container) -> String? {
    let words = container.command + container.arguments
    for option in ["--served-model-name", "--model"] {
      for (index, word) in words.enumerated() {
        if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
        if word == option, index + 1 < words.count { return words[index + 1] }
      }
    }
    guard let serve = words.firstIndex(of: "serve"), serve + 1 < words.count,
      !words[serve + 1].hasPrefix("-")
    else { return nil }
    return words[serve + 1]
  }
}
