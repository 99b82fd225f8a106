import ClusterAPI
import Recording
import Units

/// The moments of a finding on an axis of time, numbered, with their words below.
struct MomentPicture {
  private let moments: [(at: Instant, words: String)]
  private let time: TimeAxis
  private let title: String

  /// nil where there is nothing to be shown.
  init?(_ entry: FindingsRecord.Entry) {
    guard !entry.moments.isEmpty else { return nil }
    moments = entry.moments.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map { (.zero + max(.zero, $0.element.at), $0.element.words) }
    time = TimeAxis(end: (moments.last?.at ?? .zero) - .zero)
    title = "Timeline of \(entry.id), \(entry.subject)"
  }

  var html: String {
    let items = moments.enumerated().map { index, moment in
      "<li><b class=\"g-failure\">\(index + 1)</b>"
        + "<span class=\"at\">\(Words.time(moment.at))</span>"
        + "<span>\(Markup.prose(moment.words))</span></li>"
    }
    return """
      <figure><div class="wide"><div class="pic">\(svg)</div></div>
      <figcaption><ol class="marks">\(items.joined())</ol></figcaption></figure>
      """
  }

  private var svg: String {
    let shown = Array(moments.prefix(Mark.most))
    let lanes = Badge.lanes(shown.map(\.at), time)
    let bottom = Badge.top + Double((lanes.max() ?? 0) + 1) * Badge.row + 6
    var parts = [
      "<svg viewBox=\"0 0 \(SVG.number(RunPicture.width)) \(SVG.number(bottom + 24))\" role=\"img\" "
        + "aria-label=\"\(Escape.markup(title))\">",
      SVG.line(x1: TimeAxis.left, y1: bottom, x2: TimeAxis.right, y2: bottom, kind: "ax"),
    ]
    for tick in time.ticks {
      let x = time.x(tick)
      parts.append(SVG.line(x1: x, y1: bottom, x2: x, y2: bottom + 4, kind: "ax"))
      parts.append(SVG.text(Words.clock(tick), x: x, y: bottom + 17, anchor: "middle"))
    }
    for (index, moment) in shown.enumerated() {
      parts += Badge.svg(
        index + 1, at: time.x(moment.at), lane: lanes[index], bottom: bottom, group: .failure,
        title: "\(Words.time(moment.at)) \(moment.words)")
    }
    return parts.joined() + "</svg>"
  }
}
