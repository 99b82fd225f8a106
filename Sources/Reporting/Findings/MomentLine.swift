import Recording
import Units

/// The moments of a finding as one line over time, and their words below it.
struct MomentLine {
  let moments: [FindingsRecord.Moment]
  /// More than these are counted only.
  static let most = 9

  init(_ moments: [FindingsRecord.Moment]) {
    self.moments = moments.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  /// - Parameter width: columns at most.
  func lines(width: Int) -> [String] {
    guard let last = moments.last else { return [] }
    let shown = Array(moments.prefix(MomentLine.most))
    let start = min(.zero, moments[0].at)
    let (from, to) = (Words.span(start), Words.span(last.at))
    let room = min(48, max(shown.count, width - from.count - to.count - 2))
    if moments.count == 1, last.at > start {
      let dots = String(repeating: "·", count: min(12, room))
      return Wrapping.hanging("\(from) \(dots)┃ \(to) ", last.words, width: width)
    }
    var lines: [String] = []
    if last.at > start {
      lines.append("\(from) \(picture(shown, from: start, to: last.at, room: room)) \(to)")
    }
    let times = shown.map { Words.span($0.at) }
    let widest = times.map(\.count).max() ?? 0
    for (index, moment) in shown.enumerated() {
      let head = "\(index + 1)  \(times[index].padded(widest, right: true))  "
      lines += Wrapping.hanging(head, moment.words, width: width)
    }
    if moments.count > shown.count {
      lines.append("and \(Words.count(moments.count - shown.count, "moment")) more")
    }
    return lines
  }

  /// Each moment's number at its place; of two at one place the later one stands to the right.
  private func picture(
    _ shown: [FindingsRecord.Moment], from start: Span, to end: Span, room: Int
  ) -> String {
    let length = end.seconds - start.seconds
    var columns = shown.map { moment in
      Int((moment.at.seconds - start.seconds) / length * Double(room - 1))
    }
    for index in columns.indices.dropFirst() {
      columns[index] = max(columns[index], columns[index - 1] + 1)
    }
    var limit = room
    for index in columns.indices.reversed() {
      columns[index] = min(columns[index], limit - 1)
      limit = columns[index]
    }
    var cells = Array(repeating: "·", count: room)
    for (index, column) in columns.enumerated() { cells[column] = "\(index + 1)" }
    return cells.joined()
  }
}
