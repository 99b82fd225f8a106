/// Every benchmark, alphabetical. A new one is a file beside this and a line here.
enum BenchmarkCatalog {
  static let all: [any Benchmark.Type] = [
    ClusterBenchmark.self,
    DrawBenchmark.self,
    ForkBenchmark.self,
    HoldBenchmark.self,
    QueryBenchmark.self,
    QueueingBenchmark.self,
    ScheduleBenchmark.self,
    TelemetryBenchmark.self,
  ]
}
