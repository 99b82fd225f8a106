/// The few shapes that pictures are made of.
enum SVG {
  /// With at most one digit after the point; what is no number stands at 0.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    return Words.trimmed(Words.decimal(Int64((value * 10).rounded()), unit: 10, digits: 1))
  }

  static func text(
    _ text: String, x: Double, y: Double, anchor: String = "start", kind: String = "t"
  ) -> String {
    let anchor = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
    return "<text class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\"\(anchor)>"
      + Escape.markup(text) + "</text>"
  }

  static func rect(
    x: Double, y: Double, width: Double, height: Double, kind: String, title: String = ""
  ) -> String {
    let inner = title.isEmpty ? "" : "<title>\(Escape.markup(title))</title>"
    return "<rect class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\" "
      + "width=\"\(number(max(0, width)))\" height=\"\(number(max(0, height)))\">\(inner)</rect>"
  }

  static func line(x1: Double, y1: Double, x2: Double, y2: Double, kind: String) -> String {
    "<path class=\"\(kind)\" d=\"M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))\"/>"
  }

  static func path(_ data: String, kind: String) -> String {
    data.isEmpty ? "" : "<path class=\"\(kind)\" d=\"\(data)\"/>"
  }
}
