/// Millicores or bytes as the Vertical Pod Autoscaler counts them: whole, cut off at each step, and
/// never above 10^14 (`model.ResourceAmount`).
enum ResourceAmount {
  static let max: Int64 = 100_000_000_000_000

  static func of(_ amount: Double) -> Int64 {
    if amount > Double(max) { return max }
    return amount > 0 ? Int64(amount) : 0
  }

  /// `ScaleResource`
  static func scaled(_ amount: Int64, by factor: Double) -> Int64 { of(Double(amount) * factor) }
}
