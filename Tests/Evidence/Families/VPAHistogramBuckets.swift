import Control

/// `exponentialHistogramOptions.GetBucketStart`, `FindBucket`.
enum VPAHistogramBuckets: Family {
  static let name = "vpa_histogram_buckets"
  static let relativeError = 1e-9

  static func answer(to input: JSON) throws -> JSON {
    let buckets = try kind(input)
    if input["value"] == nil {
      return ["starts": .array((0..<buckets.count).map { .double(buckets.start(of: $0)) })]
    }
    return ["bucket": .int(Int64(buckets.bucket(of: try input.number("value"))))]
  }

  static func kind(_ input: JSON) throws -> HistogramBuckets {
    switch try input.string("kind") {
    case "cpuCores": .cpu
    case "memoryBytes": .memory
    case let other: throw EvidenceError("unknown kind of buckets: \(other)")
    }
  }
}
