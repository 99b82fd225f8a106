public import Units

/// Figures, reasons and happenings of a record in plain words, the same in every report.
///
/// Nothing here computes: a figure is only written down, with its unit.
public enum Words {
  /// `1,204`
  public static func count(_ number: some BinaryInteger) -> String { Figures.count(number) }

  /// `1 pod`, `2 pods`
  public static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    Figures.count(number, noun)
  }

  /// `10.2 %`
  public static func percent(_ ratio: Ratio) -> String { Figures.percent(ratio) }

  /// `12.3 s`
  public static func span(_ span: Span) -> String { Figures.span(span) }

  /// Since the scenario's start: `+5:12.3`, `+1:05:12.3`, `-0:03.0`.
  public static func time(_ instant: Instant) -> String {
    (instant.ns < 0 ? "-" : "+") + clock(instant, tenths: true)
  }

  /// As it stands at an axis: `5:12`.
  static func clock(_ instant: Instant, tenths: Bool = false) -> String {
    let all = instant.ns.magnitude / 100_000_000
    let seconds = all / 10
    let rest = tenths ? "\(padded(seconds % 60)).\(all % 10)" : padded(seconds % 60)
    if seconds < 3600 { return "\(seconds / 60):\(rest)" }
    return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(rest)"
  }

  static func decimal(_ value: Int64, unit: Int64, digits: Int) -> String {
    Figures.decimal(value, unit: unit, digits: digits)
  }

  static func trimmed(_ text: String) -> String { Figures.trimmed(text) }

  static func padded(_ number: UInt64) -> String { Figures.padded(number) }
}
