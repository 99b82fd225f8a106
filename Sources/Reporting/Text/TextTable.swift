/// Columns under a heading, as wide as their content.
struct TextTable {
  struct Column {
    var title: String
    var isNumber = false
    /// Where the width is too small, columns of the highest rank are left out first; 0 stays.
    var rank = 0
    /// Whether its cells are cut where leaving out columns does not help.
    var canBeCut = false
  }

  var columns: [Column]
  var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// - Parameters:
  ///   - width: columns of the terminal; nil: any.
  ///   - colour: paints a cell of a row after it has got its width.
  func text(
    _ paint: Paint, width: Int? = nil, colour: (Int, Int) -> Paint.Colour? = { _, _ in nil }
  ) -> String {
    let (shown, widths) = fit(width ?? .max)
    func line(_ cells: [String], _ row: Int?) -> String {
      var parts: [String] = []
      for column in shown {
        let cell = TextTable.cut(cells[column], widths[column])
        let isLast = column == shown.last && !columns[column].isNumber
        let text = isLast ? cell : cell.padded(widths[column], right: columns[column].isNumber)
        let chosen = row.map { colour($0, column) } ?? .dim
        parts.append(paint(text, chosen))
      }
      return parts.joined(separator: "  ")
    }
    let body = rows.enumerated().map { line($1, $0) }
    return ([line(columns.map(\.title), nil)] + body).joined(separator: "\n") + "\n"
  }

  /// The columns that fit, and the width of each column.
  private func fit(_ width: Int) -> (shown: [Int], widths: [Int]) {
    var widths = columns.indices.map { column in
      max(columns[column].title.count, rows.map { $0[column].count }.max() ?? 0)
    }
    var shown = Array(columns.indices)
    var excess: Int { shown.reduce(-2) { $0 + widths[$1] + 2 } - width }
    while width < .max, excess > 0,
      let worst = shown.max(by: { columns[$0].rank < columns[$1].rank }), columns[worst].rank > 0
    {
      shown.removeAll { $0 == worst }
    }
    if width < .max, excess > 0, let long = shown.first(where: { columns[$0].canBeCut }) {
      widths[long] = max(min(12, widths[long]), widths[long] - excess)
    }
    return (shown, widths)
  }

  private static func cut(_ text: String, _ size: Int) -> String {
    text.count <= size ? text : String(text.prefix(size - 1)) + "…"
  }
}
