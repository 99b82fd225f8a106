import Recording
import Units

/// Paths of series: steps for counts, lines for measured values.
struct Curve {
  let time: TimeAxis
  let axis: ValueAxis

  /// A stack of step functions: one closed path for each series, the first at the bottom.
  func stack(_ all: [RunRecord.Series]) -> [String] {
    guard let first = all.first else { return [] }
    var base = Array(repeating: Int64(0), count: all.map(\.values.count).max() ?? 0)
    return all.map { series in
      let lower = base
      for (index, value) in series.values.enumerated() { base[index] += max(0, value) }
      if lower == base { return "" }
      let (up, down) = (edge(base, of: first), edge(lower, of: first).reversed())
      var data = ""
      for (index, point) in up.enumerated() {
        data += (index == 0 ? "M" : "L") + "\(SVG.number(point.x)) \(SVG.number(point.y))"
      }
      for point in down { data += "L\(SVG.number(point.x)) \(SVG.number(point.y))" }
      return data + "Z"
    }
  }

  /// The corners of a step function.
  private func edge(_ values: [Int64], of series: RunRecord.Series) -> [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = []
    for (index, value) in values.enumerated() {
      if index > 0, values[index - 1] == value { continue }
      let x = time.x(series.begin(index))
      if index > 0 { points.append((x, axis.y(values[index - 1]))) }
      points.append((x, axis.y(value)))
    }
    if let last = values.last {
      points.append((time.x(series.begin(values.count)), axis.y(last)))
    }
    return points
  }

  /// A line through the middles of the intervals; values below 0 leave a gap.
  func line(_ series: RunRecord.Series) -> String {
    var data = ""
    var isOpen = false
    for (index, value) in series.values.enumerated() {
      guard value >= 0 else {
        isOpen = false
        continue
      }
      let at = series.begin(index) + series.interval / 2
      let point = "\(SVG.number(time.x(at))) \(SVG.number(axis.y(value)))"
      // A point of its own is drawn by its round ends.
      data += isOpen ? "L\(point)" : "M\(point)h0"
      isOpen = true
    }
    return data
  }

  /// The area between 0 and steps of the values; closed where the values are 0.
  func area(_ series: RunRecord.Series) -> String {
    var data = ""
    let floor = SVG.number(axis.bottom)
    var index = 0
    while index < series.values.count {
      guard series.values[index] > 0 else {
        index += 1
        continue
      }
      data += "M\(SVG.number(time.x(series.begin(index)))) \(floor)"
      while index < series.values.count, series.values[index] > 0 {
        // What is not nothing is seen.
        let y = min(axis.y(series.values[index]), axis.bottom - 1.5)
        index += 1
        data += "V\(SVG.number(y))H\(SVG.number(time.x(series.begin(index))))"
      }
      data += "V\(floor)Z"
    }
    return data
  }
}
