import Kernel

/// 1,024 delays in nanoseconds from which a hold operation draws, the same for every subject.
struct Increments {
  var spans: [Int64]

  /// `exp`: exponential with a mean of 1 s. `k8s`: three eighths are probe and sync periods of exactly
  /// 1, 10 and 15 s, the others exponential with a mean of 20 ms.
  init?(kind: String) {
    switch kind {
    case "exp": spans = Increments.exponential(mean: 1e9, count: 1_024)
    case "k8s":
      spans = Increments.exponential(mean: 2e7, count: 640)
      for seconds: Int64 in [1, 10, 15] {
        spans += Array(repeating: seconds * 1_000_000_000, count: 128)
      }
    default: return nil
    }
  }

  /// The middles of `count` slices of equal probability.
  private static func exponential(mean: Double, count: Int) -> [Int64] {
    (0..<count).map {
      Int64((-mean * Math.log((Double($0) + 0.5) / Double(count))).rounded())
    }
  }
}

/// xoshiro256** (Blackman, Vigna, 2018), seeded by SplitMix64: chooses among the increments.
struct Xoshiro {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  init(seed: UInt64) {
    var stream = RandomStream(state: seed)
    a = stream.next()
    b = stream.next()
    c = stream.next()
    d = stream.next()
  }

  @inline(__always)
  mutating func next() -> UInt64 {
    let r = b &* 5
    let result = (r &<< 7 | r &>> 57) &* 9
    let t = b &<< 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = d &<< 45 | d &>> 19
    return result
  }
}
