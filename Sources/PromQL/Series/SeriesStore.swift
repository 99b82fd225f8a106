/// Series in memory.
public struct SeriesStore: SeriesSource, Sendable {
  private var all: [Series] = []
  private var places: [Labels: Int] = [:]
  /// The places of series by metric name; the names in no particular order.
  private var named: [String: [Int]] = [:]

  public init() {}

  public var isEmpty: Bool { all.isEmpty }

  /// All series, in the order of their first samples.
  public var series: [Series] { all }

  /// Adds samples to a series, which is made when it does not exist.
  ///
  /// Appending at the end costs the number of samples; samples in between are merged, of two at the
  /// same time the added one stays.
  public mutating func add(_ samples: Samples, to labels: Labels) {
    guard let at = places[labels] else {
      places[labels] = all.count
      named[labels.name, default: []].append(all.count)
      all.append(Series(labels: labels, samples: samples))
      return
    }
    all[at].samples.merge(samples)
  }

  /// Adds one sample.
  public mutating func add(time: Int64, value: Double, to labels: Labels) {
    add(Samples(times: [time], values: [value]), to: labels)
  }

  /// Drops samples before a time; the series stay.
  public mutating func forget(before time: Int64) {
    for at in all.indices where (all[at].samples.times.first ?? .max) < time {
      all[at].samples = all[at].samples.within(TimeSpan(after: time - 1, through: .max))
    }
  }

  /// The names of all metrics, sorted.
  public var metricNames: [String] { named.keys.sorted() }

  public func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
    places(matching: matchers).map { all[$0] }.filter { $0.samples.touches(span) }
      .sortedUnlessSorted { $0.labels < $1.labels }
  }

  func hasSeries(matching matchers: [LabelMatcher]) -> Bool { !places(matching: matchers).isEmpty }

  private func places(matching matchers: [LabelMatcher]) -> [Int] {
    let name = matchers.first { $0.name == Labels.metricName && $0.operation == .equal }
    let candidates: [Int]
    if let name {
      candidates = named[name.value] ?? []
    } else {
      candidates = Array(all.indices)
    }
    return candidates.filter { at in all[at].labels.fulfil(matchers) }
  }
}

extension Samples {
  /// Whether there is a sample in the span.
  fileprivate func touches(_ span: TimeSpan) -> Bool {
    let at = firstIndex(after: span.after)
    if at < times.count, times[at] <= span.through { return true }
    return histogramTimes.contains { span.contains($0) }
  }

  fileprivate mutating func merge(_ added: Samples) {
    if !added.startTimes.isEmpty || !startTimes.isEmpty {
      if startTimes.isEmpty { startTimes = Array(repeating: 0, count: count) }
    }
    let addedStarts =
      added.startTimes.isEmpty && !startTimes.isEmpty
      ? Array(repeating: 0, count: added.count) : added.startTimes
    histogramTimes = Array(Set(histogramTimes + added.histogramTimes)).sorted()
    guard let first = added.times.first else { return }
    if times.isEmpty || times[times.count - 1] < first {
      times += added.times
      values += added.values
      startTimes += addedStarts
      return
    }
    var merged = Samples(histogramTimes: histogramTimes)
    var mine = 0
    var theirs = 0
    while mine < count || theirs < added.count {
      if theirs >= added.count || mine < count && times[mine] < added.times[theirs] {
        merged.times.append(times[mine])
        merged.values.append(values[mine])
        if !startTimes.isEmpty { merged.startTimes.append(startTimes[mine]) }
        mine += 1
      } else {
        if mine < count, times[mine] == added.times[theirs] { mine += 1 }
        merged.times.append(added.times[theirs])
        merged.values.append(added.values[theirs])
        if !startTimes.isEmpty { merged.startTimes.append(addedStarts[theirs]) }
        theirs += 1
      }
    }
    self = merged
  }
}

extension Array {
  /// Sorted; costs one comparison per element when it already is.
  public func sortedUnlessSorted(by isBefore: (Element, Element) -> Bool) -> [Element] {
    for at in indices.dropFirst() where isBefore(self[at], self[at - 1]) {
      return sorted(by: isBefore)
    }
    return self
  }
}
