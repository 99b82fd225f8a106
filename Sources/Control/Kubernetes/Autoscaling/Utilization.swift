import ClusterAPI

/// The use of a resource as a share of what is requested (`GetResourceUtilizationRatio`).
struct Utilization {
  /// Whole per cent, cut off: the ratio to the target is as coarse.
  var percent: Int32
  /// Thousandths, cut off.
  var averageMilli: Int64

  /// Metrics of pods without a known request are left out.
  init(_ metrics: PodMetrics, requests: SortedMap<Int64>) throws(MetricFailure) {
    var (used, requested, count): (Int64, Int64, Int64) = (0, 0, 0)
    for (name, metric) in metrics {
      guard let request = requests[name] else { continue }
      used &+= metric.milli
      requested &+= request
      count += 1
    }
    if requested == 0 { throw .noKnownPods }
    percent = Int32(truncatingIfNeeded: used &* 100 / requested)
    averageMilli = used / count
  }

  func ratio(to target: Int) -> Double { Double(percent) / Double(target) }
}
