import PromQL

/// The families that somebody reads, by what their names begin with and end in: nobody has to put a name
/// together to learn that it is not wanted.
struct WantedFamilies: Sendable {
  /// Of one kind of object: what is wanted of a family, by what its name ends in.
  typealias Suffixes = [String: WantedSeries.Metric]

  /// nil: everything is wanted.
  private let prefixes: [String: Suffixes]?

  init(_ wanted: WantedSeries) {
    prefixes = wanted.metrics.map { metrics in
      var prefixes: [String: Suffixes] = [:]
      for (name, metric) in metrics {
        prefixes[name, default: [:]][""] = metric
        // Wherever a name could be taken apart.
        for place in name.indices where name[place] == "_" {
          let suffix = String(name[name.index(after: place)...])
          prefixes[String(name[..<place]), default: [:]][suffix] = metric
        }
      }
      return prefixes
    }
  }

  /// Whether any series of a pod may be wanted.
  ///
  /// - Parameter identity: the labels that all of them have.
  func mayWantPod(_ identity: PromQL.Labels.Own) -> Bool {
    guard let prefixes else { return true }
    return prefixes.contains { name, suffixes in
      name.hasPrefix("kube_pod_") && suffixes[""]?.mayWant(identity) ?? false
    }
  }

  /// nil: everything is wanted.
  subscript(_ families: ObjectFamilies) -> Suffixes? {
    prefixes.map { $0[families.prefix] ?? [:] }
  }
}
