/// Of each of several series the newest sample at each of several times: what instant vectors are made of.
public struct NewestSamples: Sendable {
  /// When a sample was taken that is not there.
  public static let none = Int64.min

  /// How many times are asked for.
  public let steps: Int
  /// Of the series that have a sample at one of the times.
  public private(set) var labels: [Labels] = []
  /// By series and step, when the sample was taken; `none` where there is none.
  private(set) var times: [Int64] = []
  private(set) var values: [Double] = []

  public init(steps: Int, capacity: Int = 0) {
    self.steps = steps
    labels.reserveCapacity(capacity)
    times.reserveCapacity(capacity * steps)
    values.reserveCapacity(capacity * steps)
  }

  /// Takes the samples of one series, unless there are none.
  public mutating func add(_ labels: Labels, _ times: [Int64], _ values: [Double]) {
    precondition(times.count == steps && values.count == steps, "a sample, or none, for each step")
    guard times.contains(where: { $0 != NewestSamples.none }) else { return }
    self.labels.append(labels)
    for step in 0..<steps {
      self.times.append(times[step])
      self.values.append(values[step])
    }
  }

  /// - Parameters:
  ///   - series: with all their samples of the span that is looked at.
  ///   - lookback: how old a sample may become, in milliseconds.
  init(of series: [Series], at times: ReferenceTimes, lookback: Int64) {
    self.init(steps: times.count, capacity: series.count)
    var newest = Array(repeating: NewestSamples.none, count: steps)
    var values = Array(repeating: 0.0, count: steps)
    for one in series {
      let samples = one.samples
      var next = samples.firstIndex(after: times.first)
      for step in 0..<steps {
        newest[step] = NewestSamples.none
        let time = times[step]
        while next < samples.count, samples.times[next] <= time { next &+= 1 }
        guard next > 0, samples.times[next &- 1] > time &- lookback else { continue }
        // A series that ended has no sample any more.
        if Samples.isStale(samples.values[next &- 1]) { continue }
        (newest[step], values[step]) = (samples.times[next &- 1], samples.values[next &- 1])
      }
      add(one.labels, newest, values)
    }
  }
}
