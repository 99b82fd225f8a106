import ClusterAPI

/// The use of a resource as a share of what is requested (`GetResourceUtilizationRatio`).
struct Utilization {
  /// Whole per cent, cut off: the ratio to the target is as coarse.
  var percent: Int32
  /// Thousandths, cut off.
  var averageMilli: Int64

  /// Metrics of pods without a known request are left out.
  ///
  /// - Parameters:
  ///   - values: by number of `NumberedPods`, thousandths, as are the requests.
  init(_ values: [Int64?], requests: [Int64?]) throws(MetricFailure) {
    var (used, requested, count): (Int64, Int64, Int64) = (0, 0, 0)
    for number in values.indices {
      guard let value = values[number], let request = requests[number] else { continue }
      used &+= value
      requested &+= request
      count += 1
    }
    if requested == 0 { throw .noKnownPods }
    percent = Int32(truncatingIfNeeded: used &* 100 / requested)
    averageMilli = used / count
  }

  func ratio(to target: Int) -> Double { Double(percent) / Double(target) }
}
