import Recording
import Units

/// Series thinned to what a picture can show.
enum Sampling {
  /// Points of a series in a picture, at most.
  static let points = 300

  /// Values that one point stands for.
  static func group(_ count: Int, points: Int = points) -> Int {
    max(1, (count + points - 1) / points)
  }

  /// The highest value of each group: a short burst of failures must stay visible.
  static func peaks(_ series: RunRecord.Series, points: Int = points) -> RunRecord.Series {
    thin(series, points) { $0.max() ?? 0 }
  }

  /// The mean of each group, rounded down.
  static func means(_ series: RunRecord.Series, points: Int = points) -> RunRecord.Series {
    thin(series, points) { $0.reduce(0, +) / Int64(max(1, $0.count)) }
  }

  /// For all series the moment of each group at which their sum was lowest: a short loss of pods
  /// must stay visible, and the parts of a stack must belong to one moment.
  static func troughs(_ all: [RunRecord.Series], points: Int = points) -> [RunRecord.Series] {
    let count = all.map(\.values.count).max() ?? 0
    let size = group(count, points: points)
    guard size > 1 else { return all }
    func value(_ series: RunRecord.Series, _ index: Int) -> Int64 {
      index < series.values.count ? series.values[index] : 0
    }
    let moments = stride(from: 0, to: count, by: size).map { start in
      let sums = (start..<min(count, start + size)).map { index in
        (sum: all.reduce(0) { $0 + value($1, index) }, index: index)
      }
      return sums.min { ($0.sum, $0.index) < ($1.sum, $1.index) }?.index ?? start
    }
    return all.map { series in
      var thinned = series
      thinned.values = moments.map { value(series, $0) }
      thinned.interval = series.interval * Int64(size)
      return thinned
    }
  }

  private static func thin(
    _ series: RunRecord.Series, _ points: Int, _ fold: (ArraySlice<Int64>) -> Int64
  ) -> RunRecord.Series {
    let size = group(series.values.count, points: points)
    guard size > 1 else { return series }
    var thinned = series
    thinned.values = stride(from: 0, to: series.values.count, by: size).map {
      fold(series.values[$0..<min(series.values.count, $0 + size)])
    }
    thinned.interval = series.interval * Int64(size)
    return thinned
  }
}

extension RunRecord.Series {
  /// When the interval of a value begins.
  func begin(_ index: Int) -> Instant { start + interval * Int64(index) }

  var end: Instant { begin(values.count) }
}
