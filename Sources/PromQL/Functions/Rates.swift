/// `rate`, `increase` and `delta`: the difference between the last and the first sample, extrapolated
/// to the window's boundaries (Prometheus' `extrapolatedRate`).
struct ExtrapolatedRate: WindowFunction {
  var isCounter: Bool
  var isRate: Bool
  /// The length of the windows in seconds.
  var seconds: Double
  /// How many resets there are before each sample; empty when there are none.
  private var resets: [Int32] = []

  init(isCounter: Bool, isRate: Bool, length: Int64) {
    self.isCounter = isCounter
    self.isRate = isRate
    seconds = Double(length) / 1000
  }

  mutating func begin(_ samples: Samples) {
    resets.removeAll(keepingCapacity: true)
    guard isCounter, samples.count > 1 else { return }
    var count: Int32 = 0
    for at in 1..<samples.count where samples.isReset(at) {
      if count == 0 { resets = Array(repeating: 0, count: samples.count) }
      count &+= 1
      resets[at] = count
    }
    if count == 0 { return }
    for at in 1..<samples.count where resets[at] == 0 { resets[at] = resets[at - 1] }
  }

  @inline(__always)
  func value(_ samples: Samples, _ window: Window) -> Double? {
    if window.count < 2 { return nil }
    let low = window.low
    let last = window.high &- 1
    let firstValue = samples.values[low]
    var result = samples.values[last] - firstValue
    if !resets.isEmpty, resets[last] != resets[low] {
      for at in low &+ 1...last where resets[at] != resets[at &- 1] {
        result += samples.values[at &- 1]
      }
    }
    let firstTime = samples.times[low]
    let lastTime = samples.times[last]
    var toStart = Double(firstTime &- window.start) / 1000
    var toEnd = Double(window.end &- lastTime) / 1000
    let sampled = Double(lastTime &- firstTime) / 1000
    let average = sampled / Double(last &- low)
    // A gap of more than this at a boundary means that the series begins or ends within the window.
    let threshold = average * 1.1
    if toStart >= threshold { toStart = average / 2 }
    if isCounter, result > 0, firstValue >= 0 {
      let toZero = sampled * (firstValue / result)
      if toZero < toStart { toStart = toZero }
    }
    if toEnd >= threshold { toEnd = average / 2 }
    var factor = (sampled + toStart + toEnd) / sampled
    if isRate { factor /= seconds }
    return result * factor
  }
}

extension Samples {
  /// Whether the counter was reset between the sample before and this one.
  func isReset(_ at: Int) -> Bool {
    if values[at] < values[at - 1] { return true }
    return !startTimes.isEmpty && startTimeTellsReset(at - 1, at)
  }

  /// Whether the start times say that a counter was reset: it started after the sample before, or at
  /// its time, which means deltas when the start of that sample is known too.
  func startTimeTellsReset(_ before: Int, _ at: Int) -> Bool {
    let start = startTimes[at]
    if start == 0 || start > times[at] || start < times[before] { return false }
    return start > times[before] || startTimes[before] != 0
  }
}

/// `irate` and `idelta`: the difference between the last two samples.
struct InstantRate: WindowFunction {
  var isRate: Bool

  func value(_ samples: Samples, _ window: Window) -> Double? {
    if window.count < 2 { return nil }
    let last = window.high - 1
    let current = samples.values[last]
    let interval = samples.times[last] - samples.times[last - 1]
    if interval == 0 { return nil }
    let isReset = isRate && samples.isReset(last)
    let difference = isReset ? current : current - samples.values[last - 1]
    return isRate ? difference / (Double(interval) / 1000) : difference
  }
}

/// The values at a window's boundaries for `anchored` and `smoothed` selectors.
struct ExtendedBounds {
  var left: Double
  var right: Double
  /// The samples strictly within the window.
  var inside: Range<Int>

  /// Nil when there is no sample after the window's start.
  init?(_ samples: Samples, _ window: Window, isSmoothed: Bool, isCounter: Bool) {
    var last = window.high - 1
    var first = window.low
    while first < last, samples.times[first] <= window.start { first += 1 }
    first = max(window.low, first - 1)
    if isSmoothed {
      var at = window.low
      while at < last, samples.times[at] < window.end { at += 1 }
      last = at
    }
    if samples.times[last] <= window.start { return nil }
    left = samples.values[first]
    if isSmoothed, samples.times[first] < window.start {
      left = interpolated(samples, first, first + 1, at: window.start, isCounter: isCounter)
    }
    right = samples.values[last]
    if isSmoothed, last > window.low, samples.times[last] > window.end {
      right = interpolated(samples, last - 1, last, at: window.end, isCounter: isCounter)
    }
    if samples.times[first] <= window.start { first += 1 }
    if samples.times[last] >= window.end { last -= 1 }
    inside = first..<max(first, last + 1)
  }
}

/// `rate`, `increase` and `delta` of `anchored` and `smoothed` selectors: the difference between the
/// values at the boundaries.
struct ExtendedRate: WindowFunction {
  var isCounter: Bool
  var isRate: Bool
  var isSmoothed: Bool
  /// The length of the windows in seconds.
  var seconds: Double

  func value(_ samples: Samples, _ window: Window) -> Double? {
    guard
      let bounds = ExtendedBounds(samples, window, isSmoothed: isSmoothed, isCounter: isCounter)
    else { return nil }
    var result = bounds.right - bounds.left
    if isCounter {
      var before = bounds.left
      for at in bounds.inside {
        if samples.values[at] < before { result += before }
        before = samples.values[at]
      }
      if bounds.right < before { result += before }
    }
    return isRate ? result / seconds : result
  }
}

/// `resets` and `changes`.
struct ChangeCount: WindowFunction {
  var onlyResets: Bool
  /// Counts from the last sample at or before the window's start.
  var isAnchored: Bool

  func value(_ samples: Samples, _ window: Window) -> Double? {
    var first = window.low
    if isAnchored {
      if samples.times[window.high - 1] <= window.start { return nil }
      while first < window.high - 1, samples.times[first] <= window.start { first += 1 }
      first = max(window.low, first - 1)
    }
    var count = 0
    var before = samples.values[first]
    for at in first + 1..<max(first + 1, window.high) {
      let value = samples.values[at]
      if onlyResets ? value < before : value != before && !(value.isNaN && before.isNaN) {
        count += 1
      }
      before = value
    }
    return Double(count)
  }
}
