public import Units

/// What one check or invariant says of a run.
public struct Finding: Hashable, Sendable {
  public enum Result: String, Hashable, Sendable {
    case met, broken
    /// There is no data to judge by; fails the run.
    case inconclusive
  }

  /// As it is written in a scenario's `expect`.
  public var name: String
  public var result: Result
  /// When it was first broken.
  public var at: Instant?
  /// With figures and units.
  public var detail: String

  public init(_ name: String, _ result: Result, at: Instant? = nil, _ detail: String) {
    self.name = name
    self.result = result
    self.at = at
    self.detail = detail
  }
}

/// Spans as people read them.
enum Wording {
  /// `4 ms`, `12.3 s`, `2 min 05 s`.
  static func span(_ span: Span) -> String {
    let ms = span.ns / 1_000_000
    if ms < 1000 { return "\(ms) ms" }
    let tenths = ms / 100
    if tenths < 1200 { return "\(tenths / 10).\(tenths % 10) s" }
    let seconds = ms / 1000
    return "\(seconds / 60) min \(seconds % 60 < 10 ? "0" : "")\(seconds % 60) s"
  }

  /// `0.42 %`, and `0.0012 %` where it is less than a hundredth of a per cent.
  static func percent(_ ratio: Ratio) -> String {
    let ppm = ratio.ppm
    let (whole, rest) = (ppm / 10_000, ppm % 10_000)
    let digits = ppm < 100 ? 4 : 2
    var text = String(10_000 + rest).dropFirst()
    text = text.prefix(digits)
    return "\(whole).\(text) %"
  }
}
