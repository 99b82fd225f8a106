import ClusterAPI
import Recording
import Units

/// One run over time: ready pods by revision, requests and errors, latency; faults, the change and the
/// decisions across all of it.
struct TimelinePicture {
  private let run: RunRecord
  private let seconds: Double
  private let width = 960.0

  init(_ run: RunRecord) {
    self.run = run
    seconds = Double(run.end.ns) / 1e9
  }

  var html: String {
    let marks = self.marks
    var body = ""
    // Room for the numbers of the marks.
    var top = 34.0
    var legend: [(colour: String, text: String)] = []
    func panel(
      _ height: Double, _ draw: (Double, Double) -> (svg: String, legend: [(String, String)])?
    ) {
      guard let drawn = draw(top, height) else { return }
      body += drawn.svg
      legend += drawn.legend.map { (colour: $0.0, text: $0.1) }
      top += height + 30
    }
    panel(110, pods)
    panel(90, requests)
    panel(60, latency)
    guard top > 34 else { return "<p class=\"dim\">No series were recorded.</p>" }
    let bottom = top - 30
    body = shades(bottom) + body + timeAxis(bottom)
    for (index, mark) in marks.enumerated() { body += line(mark, index + 1, bottom) }
    var text = "<svg viewBox=\"0 0 1040 \(Plot.number(bottom + 24))\" role=\"img\" "
    text += "aria-label=\"timeline of \(run.scenario.escaped), seed \(run.seed)\">\(body)</svg>"
    text += "<div class=\"legend\">"
    for entry in legend {
      text += "<span><i style=\"background:\(entry.colour)\"></i>\(entry.text.escaped)</span>"
    }
    text += "</div><div class=\"legend\">"
    for (index, mark) in marks.enumerated() {
      text += "<span><b class=\"topic-\(mark.topic.rawValue)\">\(index + 1)</b> "
      text += "\(Words.time(mark.at)) \(mark.text.escaped)</span>"
    }
    return text + "</div>"
  }

  /// What is drawn across the panels: changes by the user, faults, decisions; not more than nine.
  private var marks: [Story.Line] {
    var chosen: [Story.Line] = []
    for entry in run.timeline where entry.at >= .zero {
      switch entry.happening {
      case .applied(let key):
        chosen.append(.init(at: entry.at, topic: .change, text: "\(key.description) changed"))
      case .fault(let text): chosen.append(.init(at: entry.at, topic: .fault, text: text))
      case .decided(let decision, let taken):
        chosen.append(
          .init(
            at: entry.at, topic: .decision,
            text: "\(Words.option(taken)): \(Words.reason(decision.reason))"))
      default: continue
      }
    }
    return Array(chosen.prefix(9))
  }

  private func plot(_ top: Double, _ height: Double, _ peak: Double) -> Plot {
    Plot(
      top: top, width: width, height: height, seconds: seconds,
      ceiling: Plot.ceiling(max(peak, 1)))
  }

  private func series(_ measure: RunRecord.Series.Measure) -> [RunRecord.Series] {
    run.series.filter { $0.measure == measure && !$0.values.isEmpty }
  }

  private func pods(_ top: Double, _ height: Double) -> (svg: String, legend: [(String, String)])? {
    let all = series(.readyPods)
    guard let first = all.first else { return nil }
    let thinned = all.map { Plot.thinned($0.values, to: 320, mean: true) }
    let count = thinned[0].values.count
    var below = [Double](repeating: 0, count: count)
    let totals = (0..<count).map { index in thinned.reduce(0) { $0 + $1.values[index] } }
    let plot = plot(top, height, totals.max() ?? 1)
    let interval = Double(first.interval.ns) / 1e9 * Double(thinned[0].group)
    var svg = ""
    var legend: [(String, String)] = []
    for (index, part) in thinned.enumerated() {
      let above = zip(below, part.values).map { $0 + $1 }
      let colour = "var(--r\(index % 6))"
      let back = plot.points(below, interval: interval).split(separator: " ").reversed()
      svg += "<polygon fill=\"\(colour)\" fill-opacity=\".75\" points=\""
      svg += plot.points(above, interval: interval) + " " + back.joined(separator: " ") + "\"/>"
      legend.append((colour, "ready pods of \(all[index].name)"))
      below = above
    }
    return (svg + plot.axes("ready pods", format: Plot.number), legend)
  }

  private func requests(_ top: Double, _ height: Double) -> (
    svg: String, legend: [(String, String)]
  )? {
    let all = series(.requests)
    guard let first = all.first else { return nil }
    let sum = total(all)
    let failed = total(series(.failedRequests))
    let (rates, group) = Plot.thinned(sum, to: 320, mean: true)
    let (errors, _) = Plot.thinned(failed, to: 320, mean: false)
    let plot = plot(top, height, max(rates.max() ?? 1, errors.max() ?? 0))
    let interval = Double(first.interval.ns) / 1e9 * Double(group)
    var svg = plot.axes("requests per second", format: Plot.number)
    svg += "<polyline fill=\"none\" stroke=\"var(--dim)\" points=\""
    svg += plot.points(rates, interval: interval) + "\"/>"
    let floor = Plot.number(plot.y(0))
    svg += "<polygon fill=\"var(--bad)\" points=\"\(Plot.number(plot.x(0))),\(floor) "
    svg += plot.points(errors, interval: interval)
    svg += " \(Plot.number(plot.x(seconds))),\(floor)\"/>"
    return (svg, [("var(--dim)", "requests"), ("var(--bad)", "failed requests (peak)")])
  }

  private func latency(_ top: Double, _ height: Double) -> (
    svg: String, legend: [(String, String)]
  )? {
    guard let first = series(.latency).first else { return nil }
    let (values, group) = Plot.thinned(first.values.map { max($0, 0) }, to: 320, mean: true)
    let plot = plot(top, height, (values.max() ?? 0) / 1000)
    let interval = Double(first.interval.ns) / 1e9 * Double(group)
    var svg = plot.axes("99th percentile of latency", format: { "\(Plot.number($0)) ms" })
    svg += "<polyline fill=\"none\" stroke=\"var(--blue)\" points=\""
    svg += plot.points(values.map { $0 / 1000 }, interval: interval) + "\"/>"
    return (svg, [("var(--blue)", "latency of \(first.name)")])
  }

  private func total(_ all: [RunRecord.Series]) -> [Int64] {
    guard let first = all.first else { return [] }
    return first.values.indices.map { index in
      all.reduce(0) { $0 + (index < $1.values.count ? $1.values[index] : 0) }
    }
  }

  /// The quiet phase is left white; before it the ground is shaded.
  private func shades(_ bottom: Double) -> String {
    let plot = Plot(top: 22, width: width, height: bottom - 22, seconds: seconds, ceiling: 1)
    let (from, to) = (Double(run.changeAt.ns) / 1e9, Double(run.quietFrom.ns) / 1e9)
    guard to > from else { return "" }
    return "<rect x=\"\(Plot.number(plot.x(from)))\" y=\"22\" "
      + "width=\"\(Plot.number(plot.x(to) - plot.x(from)))\" "
      + "height=\"\(Plot.number(bottom - 22))\" fill=\"var(--bad)\" fill-opacity=\".06\">"
      + "<title>from the change to the end of the last fault</title></rect>"
  }

  private func timeAxis(_ bottom: Double) -> String {
    let plot = Plot(top: 0, width: width, height: bottom, seconds: seconds, ceiling: 1)
    let step = [10.0, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400].first {
      seconds / $0 <= 12
    }
    guard let step else { return "" }
    var text = ""
    var second = 0.0
    while second <= seconds {
      let label = second < 60 && step < 60 ? "\(Int(second)) s" : "\(Plot.number(second / 60)) min"
      text += "<text x=\"\(Plot.number(plot.x(second)))\" y=\"\(Plot.number(bottom + 16))\" "
      text += "text-anchor=\"middle\">\(label)</text>"
      second += step
    }
    return text
  }

  private func line(_ mark: Story.Line, _ number: Int, _ bottom: Double) -> String {
    let plot = Plot(top: 0, width: width, height: bottom, seconds: seconds, ceiling: 1)
    let x = Plot.number(plot.x(Double(mark.at.ns) / 1e9))
    let colour =
      switch mark.topic {
      case .fault, .failure: "var(--bad)"
      case .decision: "var(--blue)"
      default: "var(--fg)"
      }
    // Numbers of marks that are close together stand at three heights.
    let y = 10 + (number - 1) % 3 * 6
    return "<g><title>\(Words.time(mark.at)) \(mark.text.escaped)</title>"
      + "<line x1=\"\(x)\" x2=\"\(x)\" y1=\"\(y + 2)\" y2=\"\(Plot.number(bottom))\" "
      + "stroke=\"\(colour)\" stroke-dasharray=\"3 3\"/>"
      + "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"middle\" "
      + "style=\"fill:\(colour);font-weight:700\">\(number)</text></g>"
  }
}
