import ClusterAPI

/// Pods and metrics of one question by numbers that stand for names, so that no name is looked up twice.
///
/// The numbers of names with a metric are the positions of their metrics, those of other pods follow.
struct NumberedPods {
  /// By pod.
  private(set) var numbers: [Int] = []
  private(set) var count: Int

  init(_ pods: [AutoscaledPod], _ metrics: PodMetrics) {
    count = metrics.entries.count
    numbers.reserveCapacity(pods.count)
    var byName: [String: Int]?
    // Metrics mostly come in the order of the pods.
    var next = 0
    for pod in pods {
      if next < metrics.entries.count, metrics.entries[next].name == pod.name {
        numbers.append(next)
        next += 1
        continue
      }
      var known = byName ?? NumberedPods.places(metrics)
      byName = nil
      let number = known[pod.name] ?? count
      if number == count {
        known[pod.name] = number
        count += 1
      } else if number < metrics.entries.count {
        next = number + 1
      }
      numbers.append(number)
      byName = known
    }
  }

  private static func places(_ metrics: PodMetrics) -> [String: Int] {
    var places: [String: Int] = [:]
    for (index, entry) in metrics.entries.enumerated() { places[entry.name] = index }
    return places
  }
}
