/// A range vector at all steps of a grid: series, and the window of each step.
struct RangeVector {
  struct Row {
    var labels: Labels
    /// The name is dropped when the query ends.
    var dropsName = false
    /// Without staleness markers.
    var samples: Samples
  }

  var rows: [Row]
  /// The ends of the windows.
  var ends: ReferenceTimes
  /// The length of the windows in milliseconds.
  var length: Int64
  var boundaries = TimeModifiers.Boundaries.sampled
  /// How far `anchored` and `smoothed` look beyond the windows.
  var lookback: Int64 = 0

  /// How far before a window's start its samples reach.
  var before: Int64 { boundaries == .sampled ? 0 : lookback }
  /// How far after a window's end.
  var after: Int64 { boundaries == .smoothed ? lookback : 0 }
}

/// The window of one series at one step.
struct Window {
  /// The samples `low..<high` are in reach.
  var low: Int
  var high: Int
  /// Left out itself, in milliseconds.
  var start: Int64
  var end: Int64
  var step: Int

  @inline(__always)
  var count: Int { high &- low }
}

/// What is computed of the samples of a window.
protocol WindowFunction {
  /// Called for each series before its windows.
  mutating func begin(_ samples: Samples)

  /// The value of a window that has a sample; nil for none.
  func value(_ samples: Samples, _ window: Window) -> Double?
}

extension WindowFunction {
  func begin(_ samples: Samples) {}
}

extension RangeVector {
  /// Slides the windows over each series.
  @inline(__always)
  func apply<F: WindowFunction>(_ function: F, into result: inout Vector) {
    var function = function
    for row in rows {
      let base = result.addRow(Vector.Row(labels: row.labels, dropsName: row.dropsName))
      function.begin(row.samples)
      slide(function, over: row.samples, into: &result, base: base)
      result.dropLastRowIfEmpty()
    }
  }

  @inline(__always)
  private func slide<F: WindowFunction>(
    _ function: F, over samples: Samples, into result: inout Vector, base: Int
  ) {
    let count = samples.count
    var low = samples.firstIndex(after: ends.first - length - before)
    var high = low
    for step in 0..<ends.count {
      let end = ends[step]
      let start = end &- length
      while high < count, samples.times[high] <= end &+ after { high &+= 1 }
      while low < high, samples.times[low] <= start &- before { low &+= 1 }
      if low == high { continue }
      let window = Window(low: low, high: high, start: start, end: end, step: step)
      if let value = function.value(samples, window) {
        result.values[base &+ step] = value
        result.present[base &+ step] = true
      }
    }
  }
}
