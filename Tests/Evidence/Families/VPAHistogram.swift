import Control

/// `NewDecayingHistogram`: samples added and subtracted, percentiles and the checkpoint.
enum VPAHistogram: Family {
  static let name = "vpa_histogram"
  static let relativeError = 1e-9

  static func answer(to input: JSON) throws -> JSON {
    var histogram = DecayingHistogram(
      try VPAHistogramBuckets.kind(input), halfLife: try input.int("halfLifeSeconds"))
    for operation in try input.elements("operations") {
      guard let cells = operation.array, cells.count == 4, let value = cells[1].number,
        let weight = cells[2].number, let time = cells[3].int
      else { throw EvidenceError("no operation: \(operation)") }
      switch cells[0].string {
      case "add": histogram.add(value, weight: weight, at: time)
      case "subtract": histogram.subtract(value, weight: weight, at: time)
      default: throw EvidenceError("unknown operation: \(operation)")
      }
    }
    let percentiles = try input.elements("percentiles").map { share -> JSON in
      guard let share = share.number else { throw EvidenceError("no share: \(share)") }
      return .double(histogram.percentile(share))
    }
    var members: [String: JSON] = [
      "percentiles": .array(percentiles), "empty": .bool(histogram.isEmpty),
    ]
    if !histogram.isEmpty {
      members["checkpointBuckets"] = .array(
        histogram.checkpoint.map { [.int(Int64($0.bucket)), .int(Int64($0.weight))] })
      members["referenceTimestamp"] = .int(histogram.reference)
      members["totalWeight"] = .double(histogram.totalWeight)
    }
    return .object(members)
  }
}
