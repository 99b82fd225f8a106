import Recording
import Units

/// A run at a glance: its ready pods as a line, failed requests as bars.
enum Sparkline {
  private static let (width, height) = (180.0, 28.0)

  /// An `svg` element; empty where the record has no series.
  static func svg(_ run: RunRecord) -> String {
    let all = run.series.filter { !$0.values.isEmpty && $0.interval > .zero }
    let pods = Sampling.troughs(all.filter { $0.measure == .readyPods }, points: 60)
    let failed = all.filter { $0.measure == .failedRequests }
      .map { Sampling.peaks($0, points: 60) }
    guard !pods.isEmpty || !failed.isEmpty else { return "" }
    var parts = [
      "<svg class=\"spark\" viewBox=\"0 0 \(SVG.number(width)) \(SVG.number(height))\" "
        + "role=\"img\" aria-label=\"Ready pods and failed requests of seed \(run.seed)\">"
    ]
    if let most = failed.compactMap({ $0.values.max() }).max(), most > 0 {
      for series in failed { parts.append(SVG.path(bars(series, most), kind: "err")) }
    }
    if let first = pods.first {
      let sums = first.values.indices.map { index in
        pods.reduce(0) { $0 + (index < $1.values.count ? $1.values[index] : 0) }
      }
      parts.append(SVG.path(line(sums), kind: "ln s0"))
    }
    return parts.joined() + "</svg>"
  }

  private static func bars(_ series: RunRecord.Series, _ most: Int64) -> String {
    let step = width / Double(series.values.count)
    return series.values.enumerated().map { index, value in
      guard value > 0 else { return "" }
      let size = max(1.5, Double(value) / Double(most) * (height - 2))
      let x = Double(index) * step
      return "M\(SVG.number(x)) \(SVG.number(height))v\(SVG.number(-size))"
        + "H\(SVG.number(x + step))V\(SVG.number(height))Z"
    }.joined()
  }

  private static func line(_ values: [Int64]) -> String {
    let most = Double(max(1, values.max() ?? 1))
    let step = width / Double(max(1, values.count))
    var data = ""
    for (index, value) in values.enumerated() {
      if index > 0, index < values.count - 1, values[index - 1] == value { continue }
      let y = SVG.number(height - 2 - Double(value) / most * (height - 4))
      data += index == 0 ? "M0 \(y)" : "H\(SVG.number(Double(index) * step))V\(y)"
    }
    return data.isEmpty ? "" : data + "H\(SVG.number(width))"
  }
}
