import Kernel
import Units

/// Random variates and the functions below them: what one draw costs.
struct DrawBenchmark: Benchmark {
  static let name = "draw"
  static let usage = "next|exponential|normal|lognormal|log|exp|pow|digest <operations>"

  private let kind: String
  private let operations: Int

  init(arguments: [String]) throws(BadArguments) {
    guard arguments.count >= 2, let operations = Int(arguments[1]) else {
      throw BadArguments(reason: "two arguments are needed")
    }
    kind = arguments[0]
    self.operations = operations
  }

  func run() -> Measurement {
    var stream = RandomStream(seed: 1, purpose: 2, cause: 3)
    let start = ThreadClock.nanoseconds
    let sum = sample(&stream)
    let end = ThreadClock.nanoseconds
    let each = Double(end - start) / Double(operations)
    return Measurement(
      operations: operations, nanoseconds: end - start, check: String(sum, radix: 16),
      note: "\((each * 10).rounded() / 10) ns each")
  }

  private func sample(_ stream: inout RandomStream) -> UInt64 {
    switch kind {
    case "next": repeated(&stream) { $0.next() }
    case "exponential": span(&stream, .exponential(mean: .seconds(1)))
    case "lognormal":
      span(&stream, .lognormal(median: .milliseconds(18), p99: .milliseconds(90)))
    case "normal": repeated(&stream) { $0.normal().bitPattern }
    case "log": repeated(&stream) { Math.log($0.uniformOpen()).bitPattern }
    case "exp": repeated(&stream) { Math.exp($0.uniformOpen() * 40 - 20).bitPattern }
    case "pow": repeated(&stream) { Math.pow($0.uniformOpen() * 4, 1.75).bitPattern }
    case "digest": digest()
    default: 0
    }
  }

  @inline(__always)
  private func repeated(
    _ stream: inout RandomStream, _ body: (inout RandomStream) -> UInt64
  ) -> UInt64 {
    var sum: UInt64 = 0
    for _ in 0..<operations { sum &+= body(&stream) }
    return sum
  }

  @inline(__always)
  private func span(_ stream: inout RandomStream, _ distribution: Distribution) -> UInt64 {
    repeated(&stream) { UInt64(bitPattern: distribution.sample(&$0).ns) }
  }

  private func digest() -> UInt64 {
    var digest = TraceDigest()
    for i in 0..<UInt64(operations) { digest.absorb(i, i &<< 3) }
    return digest.value
  }
}
