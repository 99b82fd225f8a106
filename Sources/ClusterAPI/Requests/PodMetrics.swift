/// The values of a metric by the names of the pods, in the order in which they were given.
///
/// Whoever asks has the pods in much the same order, and so finds most of them without a search.
public struct PodMetrics: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  public struct Entry: Hashable, Sendable {
    public let name: String
    public var metric: PodMetric
  }

  /// One for each name.
  public private(set) var entries: [Entry] = []

  /// Of several values under one name the last one stays.
  public init(_ pairs: [(String, PodMetric)]) {
    entries.reserveCapacity(pairs.count)
    var names = Set<String>(minimumCapacity: pairs.count)
    for (name, metric) in pairs {
      if names.insert(name).inserted {
        entries.append(Entry(name: name, metric: metric))
      } else {
        self[name] = metric
      }
    }
  }

  public init(dictionaryLiteral elements: (String, PodMetric)...) { self.init(elements) }

  public var isEmpty: Bool { entries.isEmpty }

  /// The value under a name; assigning `nil` removes the name.
  ///
  /// - Complexity: O(n).
  public subscript(name: String) -> PodMetric? {
    get { entries.first { $0.name == name }?.metric }
    set {
      let at = entries.firstIndex { $0.name == name }
      switch (newValue, at) {
      case (let metric?, let at?): entries[at].metric = metric
      case (let metric?, nil): entries.append(Entry(name: name, metric: metric))
      case (nil, let at?): entries.remove(at: at)
      case (nil, nil): break
      }
    }
  }
}
