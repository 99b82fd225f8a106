import ClusterAPI
import Recording
import Units

/// One of the pictures that stand above each other: a title, an axis, curves.
struct Panel {
  enum Content {
    /// Ready pods of each revision, stacked.
    case pods
    case requests
    case failed
    case latency
    /// What PromQL answers, each series with an axis of its own.
    case query
  }

  /// Panels of answers, at most.
  private static let queries = 6

  let content: Content
  let series: [RunRecord.Series]

  /// The panels for which a run has values.
  static func all(_ run: RunRecord) -> [Panel] {
    func series(_ measure: RunRecord.Series.Measure) -> [RunRecord.Series] {
      run.series.filter { $0.measure == measure && !$0.values.isEmpty && $0.interval > .zero }
    }
    let all = [
      Panel(content: .pods, series: Sampling.troughs(series(.readyPods))),
      Panel(content: .requests, series: series(.requests).map { Sampling.means($0) }),
      Panel(content: .failed, series: series(.failedRequests).map { Sampling.peaks($0) }),
      Panel(content: .latency, series: series(.latency).map { Sampling.peaks($0) }),
    ]
    let measured = series(.query).filter { $0.values.contains { $0 >= 0 } }
      .prefix(queries).map { Panel(content: .query, series: [Sampling.peaks($0)]) }
    return all.filter { !$0.series.isEmpty } + measured
  }

  var title: String {
    switch content {
    case .pods: "Ready pods by revision"
    case .requests: "Requests per second"
    case .failed: "Failed requests per second"
    case .latency: "p99 latency"
    case .query: Panel.short(series.first?.name ?? "")
    }
  }

  /// On one line of the picture.
  private static func short(_ query: String) -> String {
    let words = query.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    return words.count > 150 ? String(words.prefix(149)) + "…" : words
  }

  var height: Double {
    switch content {
    case .pods: 118
    case .requests: 78
    case .failed: 58
    case .latency, .query: 78
    }
  }

  /// The largest value that is shown.
  private var most: Int64 {
    if content == .pods {
      let count = series.map(\.values.count).max() ?? 0
      return (0..<count).map { index in
        series.reduce(0) { $0 + (index < $1.values.count ? $1.values[index] : 0) }
      }.max() ?? 0
    }
    return series.compactMap { $0.values.max() }.max() ?? 0
  }

  /// The axis in whole units; latencies in microseconds, with round ticks.
  func axis(top: Double) -> ValueAxis {
    ValueAxis(top: top, bottom: top + height, most: most, ticks: content == .failed ? 2 : 4)
  }

  func label(_ tick: Int64) -> String {
    switch content {
    case .latency: Words.span(.microseconds(tick))
    case .query: NumberBound.text(Double(tick) / 1e6)
    case .pods, .requests, .failed: Words.count(tick)
    }
  }

  func draw(_ time: TimeAxis, top: Double) -> [String] {
    let axis = axis(top: top)
    var parts = [SVG.text(title, x: TimeAxis.left, y: top - 7, kind: "pt")]
    for tick in axis.ticks {
      let y = axis.y(tick)
      parts.append(
        SVG.line(
          x1: TimeAxis.left, y1: y, x2: TimeAxis.right, y2: y, kind: tick == 0 ? "ax" : "gr"))
      parts.append(SVG.text(label(tick), x: TimeAxis.left - 8, y: y + 3.5, anchor: "end"))
    }
    let curve = Curve(time: time, axis: axis)
    switch content {
    case .pods:
      for (index, data) in curve.stack(series).enumerated() {
        parts.append(SVG.path(data, kind: "pod f\(Panel.color(index))"))
      }
    case .requests:
      for (index, series) in series.enumerated() {
        if self.series.count == 1 { parts.append(SVG.path(curve.area(series), kind: "req")) }
        parts.append(SVG.path(curve.line(series), kind: "ln s\(Panel.color(index))"))
      }
    case .failed:
      for series in series { parts.append(SVG.path(curve.area(series), kind: "err")) }
    case .latency, .query:
      for (index, series) in series.enumerated() {
        let color = self.series.count == 1 ? "lat" : "s\(Panel.color(index))"
        parts.append(SVG.path(curve.line(series), kind: "ln \(color)"))
      }
    }
    return parts
  }

  /// One of the eight colours.
  static func color(_ index: Int) -> Int { index % 8 }
}
