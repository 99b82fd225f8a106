/// Columns under a heading, as wide as their content.
struct TextTable {
  struct Column {
    var title: String
    var isNumber = false
  }

  var columns: [Column]
  var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// - Parameter colour: paints a cell of a row after it has got its width.
  func text(_ paint: Paint, colour: (Int, Int) -> Paint.Colour? = { _, _ in nil }) -> String {
    let widths = columns.indices.map { column in
      max(columns[column].title.count, rows.map { $0[column].count }.max() ?? 0)
    }
    func line(_ cells: [String], _ row: Int?) -> String {
      var parts: [String] = []
      for (column, cell) in cells.enumerated() {
        let isLast = column == cells.count - 1 && !columns[column].isNumber
        let text = isLast ? cell : cell.padded(widths[column], right: columns[column].isNumber)
        let chosen = row.map { colour($0, column) } ?? .dim
        parts.append(chosen.map { paint(text, $0) } ?? text)
      }
      return parts.joined(separator: "  ")
    }
    let body = rows.enumerated().map { line($1, $0) }
    return ([line(columns.map(\.title), nil)] + body).joined(separator: "\n") + "\n"
  }
}
