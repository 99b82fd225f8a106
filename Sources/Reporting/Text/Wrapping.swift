/// Lines of text within a width.
enum Wrapping {
  /// What a terminal shows of a text from outside: control characters are made visible.
  static func safe(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.properties.generalCategory == .control
            ? ($0 == "\n" || $0 == "\t" ? " " : "\u{FFFD}") : $0
        }))
  }

  /// Broken at spaces; a word longer than the width stands alone.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in text.split(separator: " ") {
      let size = word.count
      if length > 0, length + 1 + size > max(20, width) {
        lines.append(line)
        (line, length) = ("", 0)
      }
      if length > 0 {
        line += " "
        length += 1
      }
      line += word
      length += size
    }
    return lines + [line]
  }

  /// `first` before the first line, as many spaces before the others.
  static func hanging(_ first: String, _ text: String, width: Int) -> [String] {
    let indent = String(repeating: " ", count: first.count)
    return lines(safe(text), width: width - first.count).enumerated().map {
      ($0.offset == 0 ? first : indent) + $0.element
    }
  }
}
