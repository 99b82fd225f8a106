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

/// The series of one server; all of them are there from its start.
struct VLLMSeries: Sendable {
  private var histograms: [(series: HistogramSeries, observation: RequestMeter.Observation)] = []
  private var gauges: [(place: TelemetryStore.Place, field: RequestMeter.Field, unit: Double)] = []
  private var ends: [(place: TelemetryStore.Place, observation: RequestMeter.Observation)] = []

  init(
    _ container: ContainerTemplate, of target: Target, among bounds: [Span], at start: Int64,
    in store: inout TelemetryStore
  ) {
    let own = [
      Label("engine", "0"), Label("model_name", VLLMMetrics.model(container.container) ?? ""),
    ]
    var names: [(String, [Span], RequestMeter.Observation)] = [
      ("vllm:e2e_request_latency_seconds", MetricBuckets.vllmRequest, .ok),
      ("vllm:request_queue_time_seconds", MetricBuckets.vllmRequest, .queueTime),
    ]
    if container.profile.metrics.firstToken != nil {
      names.append(
        ("vllm:time_to_first_token_seconds", MetricBuckets.vllmFirstToken, .firstToken))
    }
    for (name, buckets, observation) in names {
      let series = HistogramSeries(
        name, own, of: target, buckets: buckets, among: bounds, in: &store)
      histograms.append((series, observation))
    }
    let batch = Double(max(1, container.profile.concurrency))
    let values: [(String, RequestMeter.Field, Double)] = [
      ("vllm:num_requests_running", .serving, 1), ("vllm:num_requests_waiting", .waiting, 1),
      ("vllm:gpu_cache_usage_perc", .serving, batch),
      ("vllm:kv_cache_usage_perc", .serving, batch),
    ]
    for (name, field, unit) in values {
      let place = store.place(of: name, own, at: target)
      gauges.append((place, field, unit))
    }
    for (reason, observation) in [("stop", RequestMeter.Observation.ok), ("abort", .clientGone)] {
      let place = store.place(
        of: "vllm:request_success_total", own + [Label("finished_reason", reason)], at: target)
      ends.append((place, observation))
    }
    for place in places { store.set(place, at: start, 0) }
  }

  var places: [TelemetryStore.Place] {
    histograms.flatMap(\.series.places) + gauges.map(\.place) + ends.map(\.place)
  }

  func write(_ row: MeterRow, at: Int64, into store: inout TelemetryStore) {
    for (series, observation) in histograms {
      series.write(CollectionOfOne(row), [observation], at: at, into: &store)
    }
    for (place, field, unit) in gauges { store.set(place, at: at, Double(row[field]) / unit) }
    for (place, observation) in ends { store.set(place, at: at, Double(row.count(observation))) }
  }
}
