import Recording

/// Colour for terminals (ECMA-48 SGR), or none.
struct Paint {
  var isOn: Bool

  enum Colour: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"
  }

  func callAsFunction(_ text: String, _ colour: Colour?) -> String {
    guard isOn, let colour else { return text }
    return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
  }

  static func colour(_ verdict: RunRecord.Verdict) -> Colour {
    switch verdict {
    case .passed: .green
    case .failed: .red
    case .inconclusive: .yellow
    }
  }

  static func colour(_ group: HappeningGroup) -> Colour? {
    switch group {
    case .change: .blue
    case .fault: .magenta
    case .decision: .cyan
    case .condition: .yellow
    case .failure: .red
    case .pod, .conflict: .dim
    case .scaling: nil
    }
  }
}

extension String {
  /// Filled up with spaces, at its end or at its beginning.
  func padded(_ width: Int, right: Bool = false) -> String {
    let gap = String(repeating: " ", count: max(0, width - count))
    return right ? gap + self : self + gap
  }
}
