public import Recording
import Units

extension Words {
  /// As a scenario writes it: `errorRate: image shop/web:v2, errors 5 %`.
  public static func fault(_ fault: RunRecord.Fault) -> String {
    guard !fault.parameters.isEmpty else { return fault.kind }
    let parts = fault.parameters.map { "\($0.name) \(value($0.value))" }
    return "\(fault.kind): \(parts.joined(separator: ", "))"
  }

  private static func value(_ value: RunRecord.Fault.Value) -> String {
    switch value {
    case .text(let text): text
    case .span(let span): self.span(span)
    case .share(let share): percent(share)
    case .factor(let factor):
      "\(trimmed(decimal(factor.ppm, unit: 1_000_000, digits: 4))) times"
    case .count(let number): count(number)
    case .bytes(let bytes): self.bytes(bytes)
    }
  }

  /// In the largest binary unit that leaves at least 1: `1.5 MiB`.
  static func bytes(_ count: Int64) -> String {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)]
    where count.magnitude >= UInt64(1) << shift {
      return "\(trimmed(decimal(count, unit: 1 << shift, digits: 2))) \(unit)"
    }
    return self.count(count, "byte")
  }

  /// A part of all as a percentage that is 0 only where there is nothing, and 100 only where it is
  /// all.
  public static func share(_ part: Int64, of all: Int64) -> String {
    let ratio = Ratio(part, of: all)
    if part > 0, ratio.ppm == 0 { return "less than 0.0001 %" }
    if part < all, ratio.ppm >= 1_000_000 { return "more than 99.9999 %" }
    return percent(ratio)
  }
}
