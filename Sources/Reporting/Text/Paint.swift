/// Colour for terminals, or none.
struct Paint {
  var isOn: Bool

  enum Colour: String {
    case red = "31", green = "32", yellow = "33", blue = "34", dim = "2", bold = "1"
  }

  func callAsFunction(_ text: String, _ colour: Colour) -> String {
    isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// Filled up with spaces, at its end or at its beginning.
  func padded(_ width: Int, right: Bool = false) -> String {
    let gap = String(repeating: " ", count: max(0, width - count))
    return right ? gap + self : self + gap
  }
}
