/// A table of text: columns as wide as their longest cell, figures to the right.
struct TextTable {
  struct Column {
    var title: String
    var isFigure = false
    /// Columns of the highest number are left out first where the width is too small; 0 stays.
    var rank = 0
  }

  struct Cell {
    var text: String
    var paint: Style.Paint?
  }

  let columns: [Column]
  var rows: [[Cell]] = []

  func lines(width: Int, style: Style) -> [String] {
    let widths = columns.indices.map { column in
      (rows.map { $0[column].text.count } + [columns[column].title.count]).max() ?? 0
    }
    let (shown, first) = fit(widths, width)
    let title = columns.map { Cell(text: $0.title, paint: .bold) }
    return ([title] + rows).map { row in
      var line = ""
      for column in shown {
        let size = column == 0 ? first : widths[column]
        let text = TextTable.cut(row[column].text, size)
        let space = String(repeating: " ", count: size - text.count)
        if column > 0 { line += "  " }
        let painted = style(text, row[column].paint)
        line += columns[column].isFigure ? space + painted : painted + space
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The columns that fit, and the width of the first, which is cut where nothing else helps.
  private func fit(_ widths: [Int], _ width: Int) -> (shown: [Int], first: Int) {
    var shown = Array(columns.indices)
    func total() -> Int { shown.reduce(-2) { $0 + widths[$1] + 2 } }
    while total() > width, let worst = shown.max(by: { columns[$0].rank < columns[$1].rank }),
      columns[worst].rank > 0
    {
      shown.removeAll { $0 == worst }
    }
    let first = widths.first ?? 0
    return (shown, max(min(first, 12), first - max(0, total() - width)))
  }

  private static func cut(_ text: String, _ size: Int) -> String {
    text.count <= size ? text : String(text.prefix(size - 1)) + "…"
  }
}
