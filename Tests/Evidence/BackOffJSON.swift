import Control
import Units

/// Reads and writes what the two families about the kubelet's back-off have in common.
enum BackOffJSON {
  static func limits(_ input: JSON, resetAfter: Double? = nil) throws -> BackOff.Limits {
    let most = try input.number("maxSeconds")
    return BackOff.Limits(
      initial: .seconds(rounding: try input.number("initialSeconds")),
      max: .seconds(rounding: most), resetAfter: .seconds(rounding: resetAfter ?? 2 * most))
  }

  static func seconds(_ instant: Instant) -> JSON { .double(instant.seconds) }
  static func seconds(_ span: Span) -> JSON { .double(span.seconds) }
}
