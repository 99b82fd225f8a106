/// Breaks a text into lines of at most so many columns.
///
/// Line breaks of the text stay; a line that starts with a blank (an example) is never broken.
func wrap(_ text: String, columns: Int) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
    guard line.count > columns, line.first != " " else { return [String(line)] }
    var lines: [String] = []
    var current = ""
    for word in line.split(separator: " ") {
      if current.isEmpty {
        current = String(word)
      } else if current.count + 1 + word.count <= columns {
        current += " " + word
      } else {
        lines.append(current)
        current = String(word)
      }
    }
    return lines + [current]
  }
}
