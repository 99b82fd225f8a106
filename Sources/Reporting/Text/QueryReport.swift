public import PromQL

/// The answer to a PromQL query.
public enum QueryReport {
  /// Values of a series, as a line of blocks, at most.
  private static let sparks = 40
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// A line for each series: its labels and its value; of several values the last, the least, the
  /// greatest and, on a terminal, how they went.
  ///
  /// - Parameter width: columns of the terminal; nil: there is none.
  public static func text(_ value: QueryValue, color: Bool, width: Int?) -> String {
    switch value {
    case .scalar(let number): shortText(number) + "\n"
    case .string(let text): text + "\n"
    case .vector(let elements): vector(elements, Paint(isOn: color), width)
    case .matrix(let series): matrix(series, Paint(isOn: color), width)
    }
  }

  private static func vector(_ elements: [SeriesValue], _ paint: Paint, _ width: Int?) -> String {
    if elements.isEmpty { return "" }
    var table = TextTable([
      .init(title: "SERIES", canBeCut: true), .init(title: "VALUE", isNumber: true),
    ])
    table.rows = elements.map { [$0.labels.description, shortText($0.value)] }
    return table.text(paint, width: width)
  }

  private static func matrix(_ all: [Series], _ paint: Paint, _ width: Int?) -> String {
    let shown = all.filter { $0.samples.count > 0 }
    guard let begin = shown.compactMap(\.samples.times.first).min(),
      let end = shown.compactMap(\.samples.times.last).max()
    else { return "" }
    var columns: [TextTable.Column] = [
      .init(title: "SERIES", canBeCut: true), .init(title: "LAST", isNumber: true),
      .init(title: "MIN", isNumber: true), .init(title: "MAX", isNumber: true),
    ]
    if width != nil { columns.append(.init(title: "", rank: 1)) }
    let step = shown.flatMap { zip($0.samples.times, $0.samples.times.dropFirst()) }
      .map { $1 - $0 }.min()
    let parts = step.map { Int(min(Int64(sparks), (end - begin) / $0 + 1)) } ?? 1
    var table = TextTable(columns)
    for series in shown {
      let values = series.samples.values
      // NaN is neither: only where nothing else came it stands for both.
      let numbers = values.filter { !$0.isNaN }
      let ends = [values[values.count - 1], numbers.min() ?? .nan, numbers.max() ?? .nan]
      let line =
        width == nil ? [] : [spark(series.samples, from: begin, through: end, parts: parts)]
      table.rows.append([series.labels.description] + ends.map(shortText) + line)
    }
    return table.text(paint, width: width)
  }

  /// The highest value of each part of the time, between the least and the greatest of all; a blank
  /// where there is none.
  ///
  /// - Parameter parts: characters from the beginning to the end.
  static func spark(
    _ samples: Samples, from begin: Int64, through end: Int64, parts: Int
  ) -> String {
    var peaks = [Double?](repeating: nil, count: parts)
    for (time, value) in zip(samples.times, samples.values) where value.isFinite {
      let place = Int((time - begin) * Int64(parts - 1) / max(1, end - begin))
      peaks[place] = max(peaks[place] ?? value, value)
    }
    let numbers = peaks.compactMap { $0 }
    guard let low = numbers.min(), let high = numbers.max() else { return "" }
    return String(
      peaks[...(peaks.lastIndex { $0 != nil } ?? 0)].map { peak in
        guard let peak else { return " " }
        // Halves: the difference of two numbers may be none.
        let share = high > low ? (peak / 2 - low / 2) / (high / 2 - low / 2) : 0
        return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
      })
  }
}
