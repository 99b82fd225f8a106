import Recording
import Units

/// A run as a picture: pods, requests, failures and latency over time, with what happened to them.
struct RunPicture {
  static let width = 1000.0
  private static let gap = 30.0

  let run: RunRecord
  let panels: [Panel]
  let faults: [FaultSpan]
  let marks: [Mark]
  let time: TimeAxis

  /// nil where the record has no series.
  init?(_ run: RunRecord) {
    self.run = run
    panels = Panel.all(run)
    guard !panels.isEmpty else { return nil }
    let last = panels.flatMap { $0.series.map(\.end) }.max() ?? run.end
    time = TimeAxis(end: max(run.end, last) - .zero)
    faults = FaultSpan.all(run)
    marks = Mark.all(run, faults, time)
  }

  /// Where the badges end and the first panel's title begins.
  private var head: Double { 8 + Double((marks.map(\.lane).max() ?? 0) + 1) * Badge.row }

  private var tops: [Double] {
    var tops: [Double] = []
    var y = head + 24
    for panel in panels {
      tops.append(y)
      y += panel.height + RunPicture.gap
    }
    return tops
  }

  var bottom: Double { (tops.last ?? 0) + (panels.last?.height ?? 0) }

  /// An `svg` element.
  var svg: String {
    let height = bottom + 24
    var parts = [
      "<svg viewBox=\"0 0 \(SVG.number(RunPicture.width)) \(SVG.number(height))\" role=\"img\" "
        + "aria-label=\"\(Escape.markup(label))\">"
    ]
    for (panel, top) in zip(panels, tops) { parts += panel.draw(time, top: top) }
    // Above the pods' areas, which would hide it.
    parts += faults.compactMap(shade)
    parts += timeAxis
    parts += marks.flatMap(badge)
    parts.append(
      SVG.line(x1: -9, y1: head, x2: -9, y2: bottom, kind: "cross"))
    parts.append("</svg>")
    return parts.joined()
  }

  private var label: String {
    "Timeline of \(run.scenario), seed \(run.seed): \(panels.map(\.title).joined(separator: ", "))"
  }

  private func shade(_ fault: FaultSpan) -> String? {
    guard fault.isShaded, let to = fault.to, to > fault.from else { return nil }
    let (x, end) = (time.x(fault.from), time.x(to))
    return SVG.rect(
      x: x, y: head, width: max(2, end - x), height: bottom - head, kind: "fault",
      title: "\(Words.time(fault.from)) to \(Words.time(to)): \(fault.words)")
  }

  private var timeAxis: [String] {
    time.ticks.flatMap { tick in
      let x = time.x(tick)
      return [
        SVG.line(x1: x, y1: bottom, x2: x, y2: bottom + 4, kind: "ax"),
        SVG.text(Words.clock(tick), x: x, y: bottom + 17, anchor: "middle"),
      ]
    }
  }

  private func badge(_ mark: Mark) -> [String] {
    Badge.svg(
      mark.number, at: time.x(mark.at), lane: mark.lane, bottom: bottom, group: mark.group,
      title: "\(Words.time(mark.at)) \(mark.words)")
  }

  /// What the page's script shows under the pointer, as a JSON text.
  var data: String {
    let all = panels.flatMap { panel in
      panel.series.map { series in
        JSONValue.object([
          ("n", .string(name(panel, series))),
          ("i", .seconds(series.interval)),
          ("s", .seconds(series.start - .zero)),
          ("l", .integer(panel.content == .latency ? 1 : panel.content == .query ? 2 : 0)),
          ("v", .number("[" + series.values.map { "\($0)" }.joined(separator: ",") + "]")),
        ])
      }
    }
    return JSONValue.object([
      ("end", .seconds(time.end)),
      ("x", .number("[\(SVG.number(TimeAxis.left)),\(SVG.number(TimeAxis.right))]")),
      ("series", .array(all)),
    ]).compact
  }

  private func name(_ panel: Panel, _ series: RunRecord.Series) -> String {
    switch panel.content {
    case .pods: "\(series.name): ready pods"
    case .requests: "\(series.name): requests/s"
    case .failed: "\(series.name): failed requests/s"
    case .latency: "\(series.name): p99 latency"
    case .query: panel.title
    }
  }
}
