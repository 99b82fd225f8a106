import PromQL

/// A range query over an hour of 10,000 series, in steps of 15 s, which a Prometheus server answers too.
struct QueryBenchmark: Benchmark {
  static let name = "query"
  static let usage = "rate|sum|quantile|quantiles"

  /// The queries by the names of `usage`.
  static let texts = [
    ("rate", "rate(http_request_duration_seconds_bucket[5m])"),
    ("sum", "sum by (job) (rate(http_request_duration_seconds_bucket[5m]))"),
    (
      "quantile",
      "histogram_quantile(0.9, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))"
    ),
    ("quantiles", "histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m]))"),
  ]

  private let query: Query

  init(arguments: [String]) throws(BadArguments) {
    guard let name = arguments.first,
      let text = QueryBenchmark.texts.first(where: { $0.0 == name })?.1
    else { throw BadArguments(reason: "the name of a query is needed") }
    do {
      query = try Query(text)
    } catch {
      throw BadArguments(reason: error.message)
    }
  }

  func run() -> Measurement {
    var store = SeriesStore()
    for series in MeteredRequests.series { store.add(series.samples, to: series.labels) }
    // The first range is full, and times fall between scrapes: older versions include the left end.
    let first = MeteredRequests.start + 307_000
    let last = MeteredRequests.start + 3_907_000
    var spent = UInt64.max
    var check = "-"
    // The peer's best of several counts too.
    for _ in 0..<3 {
      let begin = ThreadClock.nanoseconds
      let result = try? query.range(from: first, through: last, step: 15_000, in: store)
      spent = min(spent, ThreadClock.nanoseconds - begin)
      if case .matrix(let series) = result?.value { check = Self.check(series) }
    }
    return Measurement(operations: 10_000 * 241, nanoseconds: spent, check: check)
  }

  /// Series, points, and their sum to six digits: additions in another order agree in these.
  private static func check(_ series: [Series]) -> String {
    let values = series.flatMap(\.samples.values).filter { !$0.isNaN }
    let sum = values.reduce(0, +)
    return "\(series.count)/\(values.count)/\(Int((sum * 1e3).rounded()) / 1000)"
  }
}

/// Buckets of a latency histogram: 10 jobs, 100 instances each, 10 buckets; counters that restart.
enum MeteredRequests {
  /// Milliseconds since 1970, where a block of Prometheus starts.
  static let start: Int64 = 1_700_006_400_000
  private static let bounds = [
    "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "5", "+Inf",
  ]

  /// Of requests at most as slow as each bound, before it varies with the instance.
  private static let percent = [5, 15, 30, 50, 65, 78, 86, 92, 97, 1000]

  static var series: [Series] {
    var all: [Series] = []
    for job in 0..<10 {
      for instance in 0..<100 {
        for (index, bound) in bounds.enumerated() {
          let labels = Labels(
            name: "http_request_duration_seconds_bucket",
            [
              Label("job", "job-\(job)"), Label("instance", "10.0.\(job).\(instance):8080"),
              Label("le", bound),
            ])
          all.append(Series(labels: labels, samples: samples(job * 100 + instance, index)))
        }
      }
    }
    return all
  }

  /// All buckets of an instance restart together, at one time in the hour.
  private static func samples(_ instance: Int, _ bucket: Int) -> Samples {
    var samples = Samples()
    var count = 0
    for scrape in 0..<261 {
      if instance % 7 == 0, scrape == 40 + instance % 160 { count = 0 }
      let mixed = UInt64(instance * 261 + scrape) &* 0x9E37_79B9_7F4A_7C15
      let requests = 100 + Int(mixed >> 57)
      count += min(requests, requests * percent[bucket] * (80 + instance % 40) / 10_000)
      samples.times.append(start + Int64(scrape) * 15_000)
      samples.values.append(Double(count))
    }
    return samples
  }

  /// As OpenMetrics, for import into Prometheus.
  static func printAll() {
    print("# TYPE http_request_duration_seconds_bucket unknown")
    for series in series {
      let labels = series.labels.pairs.filter { $0.name != Labels.metricName }
        .map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
      let name = "\(series.labels.name){\(labels)}"
      var text = ""
      for (time, value) in zip(series.samples.times, series.samples.values) {
        text += "\(name) \(value) \(time / 1000)\n"
      }
      print(text, terminator: "")
    }
    print("# EOF")
  }
}
