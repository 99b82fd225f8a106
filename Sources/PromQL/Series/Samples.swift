/// The samples of one series: columns of the same length, times ascending.
public struct Samples: Sendable, Equatable {
  /// Milliseconds since the epoch.
  public var times: [Int64]
  /// Values; `Samples.stale` marks that the series ended.
  public var values: [Double]
  /// When the counter behind each sample started, in milliseconds; 0 unknown. Empty: all unknown.
  public var startTimes: [Int64]
  /// When native histograms were sampled. They are not evaluated: a query that meets one fails.
  public var histogramTimes: [Int64]

  public init(
    times: [Int64] = [], values: [Double] = [], startTimes: [Int64] = [],
    histogramTimes: [Int64] = []
  ) {
    self.times = times
    self.values = values
    self.startTimes = startTimes
    self.histogramTimes = histogramTimes
  }

  /// The staleness marker: the one NaN with which Prometheus ends a series.
  public static let stale = Double(bitPattern: 0x7ff0_0000_0000_0002)

  /// Whether a value is the staleness marker; any other NaN is a value.
  @inline(__always)
  public static func isStale(_ value: Double) -> Bool {
    value.bitPattern == 0x7ff0_0000_0000_0002
  }

  public var count: Int { times.count }

  /// The first index whose time is after `time`.
  func firstIndex(after time: Int64) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low &+ high) / 2
      if times[middle] > time { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// Without staleness markers, as ranges see a series.
  var withoutStale: Samples {
    guard values.contains(where: Samples.isStale) else { return self }
    var kept = Samples(histogramTimes: histogramTimes)
    for at in values.indices where !Samples.isStale(values[at]) {
      kept.times.append(times[at])
      kept.values.append(values[at])
      if !startTimes.isEmpty { kept.startTimes.append(startTimes[at]) }
    }
    return kept
  }

  /// The samples of a left-open span.
  func within(_ span: TimeSpan) -> Samples {
    let first = firstIndex(after: span.after)
    let end = firstIndex(after: span.through)
    guard first < end else { return Samples() }
    return Samples(
      times: Array(times[first..<end]), values: Array(values[first..<end]),
      startTimes: startTimes.isEmpty ? [] : Array(startTimes[first..<end]))
  }
}

/// A span of time that leaves out its beginning and includes its end, in milliseconds.
public struct TimeSpan: Hashable, Sendable {
  public var after: Int64
  public var through: Int64

  public init(after: Int64, through: Int64) {
    self.after = after
    self.through = through
  }

  public func contains(_ time: Int64) -> Bool { time > after && time <= through }
}

/// A series with its samples.
public struct Series: Sendable, Equatable {
  public var labels: Labels
  public var samples: Samples

  public init(labels: Labels, samples: Samples) {
    self.labels = labels
    self.samples = samples
  }
}
