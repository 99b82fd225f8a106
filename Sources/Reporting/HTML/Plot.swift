import Recording
import Units

/// Coordinates and axes of one panel of a picture.
struct Plot {
  var left = 56.0
  var top: Double
  var width: Double
  var height: Double
  /// Seconds of the whole picture.
  var seconds: Double
  /// The greatest value that fits.
  var ceiling: Double

  func x(_ second: Double) -> Double { left + width * second / max(seconds, 1) }
  func y(_ value: Double) -> Double { top + height * (1 - min(1, max(0, value / ceiling))) }

  /// A number with two decimals, as short as it goes.
  static func number(_ value: Double) -> String {
    let hundredths = Int64((value * 100).rounded())
    let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
    if rest == 0 { return "\(whole)" }
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(whole).\(digits)"
  }

  /// The next of 1, 2, 5, 10, ... times a power of ten that is at least the value.
  static func ceiling(_ value: Double) -> Double {
    var unit = 1.0
    while unit * 10 < value { unit *= 10 }
    for step in [1.0, 2, 3, 4, 5, 6, 8, 10] where step * unit >= value { return step * unit }
    return 10 * unit
  }

  /// Grid, figures and the name of the axis; `format` gives a figure its unit.
  func axes(_ title: String, format: (Double) -> String) -> String {
    var text = ""
    for share in [0.0, 0.5, 1.0] {
      let value = ceiling * share
      let line = Plot.number(y(value))
      text += "<line x1=\"\(Plot.number(left))\" x2=\"\(Plot.number(left + width))\" "
      text += "y1=\"\(line)\" y2=\"\(line)\" stroke=\"var(--grid)\"/>"
      text += "<text x=\"\(Plot.number(left - 6))\" y=\"\(Plot.number(y(value) + 4))\" "
      text += "text-anchor=\"end\">\(format(value))</text>"
    }
    text +=
      "<text x=\"\(Plot.number(left + 4))\" y=\"\(Plot.number(top - 6))\">\(title.escaped)</text>"
    return text
  }

  /// The points of values that begin at second 0 and are one interval apart.
  func points(_ values: [Double], interval: Double) -> String {
    values.enumerated().map { index, value in
      "\(Plot.number(x((Double(index) + 0.5) * interval))),\(Plot.number(y(value)))"
    }.joined(separator: " ")
  }

  /// Fewer values: the greatest or the mean of each group.
  static func thinned(_ values: [Int64], to count: Int, mean: Bool) -> (
    values: [Double], group: Int
  ) {
    let group = max(1, (values.count + count - 1) / count)
    var result: [Double] = []
    for start in stride(from: 0, to: values.count, by: group) {
      let slice = values[start..<min(start + group, values.count)].filter { $0 >= 0 }
      if slice.isEmpty {
        result.append(0)
      } else if mean {
        result.append(Double(slice.reduce(0, +)) / Double(slice.count))
      } else {
        result.append(Double(slice.max() ?? 0))
      }
    }
    return (result, group)
  }
}

/// Failed requests of a run as one small line.
enum Sparkline {
  static func svg(_ run: RunRecord) -> String {
    let all = run.series.filter { $0.measure == .failedRequests }
    guard let first = all.first, !first.values.isEmpty else { return "" }
    let sums = first.values.indices.map { index in
      all.reduce(0) { $0 + (index < $1.values.count ? $1.values[index] : 0) }
    }
    let (values, group) = Plot.thinned(sums, to: 60, mean: false)
    let peak = max(1, values.max() ?? 1)
    let plot = Plot(
      left: 0, top: 2, width: 140, height: 20,
      seconds: Double(sums.count), ceiling: peak)
    return "<svg viewBox=\"0 0 140 24\" style=\"width:140px;border:0\" role=\"img\" "
      + "aria-label=\"failed requests per second, at most \(Int(peak))\">"
      + "<polyline fill=\"none\" stroke=\"var(--bad)\" points=\""
      + plot.points(values, interval: Double(group)) + "\"/></svg>"
  }
}
