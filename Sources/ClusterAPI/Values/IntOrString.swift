/// A value that a manifest gives as an integer or as a text, such as `maxSurge: 3` or `25%`.
public enum IntOrString: Hashable, Sendable {
  case int(Int64)
  case string(String)

  /// Why a text is no share of a total.
  public enum ScaleError: Error, Hashable, Sendable {
    /// The text is not an integer followed by one percent sign.
    case notAPercentage(String)
  }

  /// The integer, or the percentage of `total` rounded up or down.
  ///
  /// Models `intstr.GetScaledValueFromIntOrPercent`: percentages may be negative or above 100; an
  /// integer passes unchanged.
  ///
  /// - Throws: `ScaleError.notAPercentage` for `"5"`, `"1.5%"`, `"5 %"`.
  public func scaled(total: Int64, roundUp: Bool) throws(ScaleError) -> Int64 {
    switch self {
    case .int(let value): return value
    case .string(let text):
      // Int64 reads what Go's Atoi reads: an optional sign and decimal digits.
      guard text.utf8.last == UInt8(ascii: "%"), let percent = Int64(text.dropLast()) else {
        throw .notAPercentage(text)
      }
      let share = Double(percent) * Double(total) / 100
      let rounded = share.rounded(roundUp ? .up : .down)
      if rounded >= 0x1p63 { return .max }
      if rounded < -0x1p63 { return .min }
      return Int64(rounded)
    }
  }
}

extension IntOrString: CustomStringConvertible {
  public var description: String {
    switch self {
    case .int(let value): String(value)
    case .string(let text): text
    }
  }
}
