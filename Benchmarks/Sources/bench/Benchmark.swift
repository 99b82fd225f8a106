/// One thing to measure: a file of its own in this folder and a line in `BenchmarkCatalog`.
protocol Benchmark: Sendable {
  /// The word that `bench` and the script `Benchmarks/run` call it by.
  static var name: String { get }
  /// What its arguments are, in the order in which they are given.
  static var usage: String { get }

  init(arguments: [String]) throws(BadArguments)
  /// Runs once. Only the measured part is timed, not the preparation.
  mutating func run() -> Measurement
}

/// What a benchmark reports, printed as `rate <tab> check <tab> note`.
struct Measurement {
  /// Millions of operations per second of this thread's CPU time.
  var rate: Double
  /// Equal for every subject that did the same work in the same order.
  var check: String
  /// Further figures for the reader.
  var note = ""

  init(operations: Int, nanoseconds: UInt64, check: String, note: String = "") {
    rate = Double(operations) * 1e3 / Double(max(1, nanoseconds))
    self.check = check
    self.note = note
  }
}

/// The command line did not fit the benchmark's `usage`.
struct BadArguments: Error {
  var reason: String
}
