import Kernel
import Units
import World

/// A fork of the cluster run in the middle of its rollout, with all that is copied later on.
///
/// Arrays are shared until one of the two worlds writes to them, so the time of the call alone says
/// little: the copy's next 100 simulated milliseconds count too, less what the original needs for them.
struct ForkBenchmark: Benchmark {
  static let name = "fork"
  static let usage = "<forks> [<requests per second>]"

  private let forks: Int
  private let cluster: ClusterBenchmark

  init(arguments: [String]) throws(BadArguments) {
    guard let first = arguments.first, let forks = Int(first), forks > 0 else {
      throw BadArguments(reason: "the number of forks is needed")
    }
    self.forks = forks
    cluster = try ClusterBenchmark(arguments: ["1"] + arguments.dropFirst())
  }

  func run() -> Measurement {
    let begin = Instant.zero + .seconds(120)
    var world = cluster.prepared(begin: begin)
    world.run(until: begin + .seconds(20))
    var spent: UInt64 = 0
    var call: UInt64 = 0
    var same = true
    for _ in 0..<forks {
      let to = world.now + .milliseconds(100)
      let start = ThreadClock.nanoseconds
      var copy = world.fork()
      let forked = ThreadClock.nanoseconds
      copy.run(until: to)
      let middle = ThreadClock.nanoseconds
      world.run(until: to)
      let end = ThreadClock.nanoseconds
      call += forked - start
      // The original copies nothing if the copy has done so: it holds the only reference left.
      spent += (middle - start) - min(middle - start, end - middle)
      same = same && copy.digest.value == world.digest.value
    }
    let alone = Double(call) / Double(forks) / 1e6
    return Measurement(
      operations: forks, nanoseconds: spent, check: same ? "same" : "DIFFERENT",
      note: "the call alone \(alone) ms")
  }
}
