import Units

/// The axis of time, which all panels of a picture share.
struct TimeAxis {
  static let left = 64.0
  static let right = 984.0

  let end: Span

  init(end: Span) { self.end = max(end, .seconds(1)) }

  func x(_ at: Instant) -> Double {
    let share = min(1, max(0, at.seconds / end.seconds))
    return TimeAxis.left + share * (TimeAxis.right - TimeAxis.left)
  }

  /// Round instants, ten at most.
  var ticks: [Instant] {
    let steps: [Int64] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200,
    ]
    let wanted = end.ns / 1_000_000_000
    var step = steps.first { wanted / $0 <= 10 } ?? 86_400
    while wanted / step > 10 { step *= 2 }
    return stride(from: 0, through: wanted, by: Int64.Stride(step)).map { .zero + .seconds($0) }
  }
}

/// The axis of one panel's values, from 0.
struct ValueAxis {
  let top: Double
  let bottom: Double
  /// The value at `top`: a tick or beyond the last one.
  let limit: Int64
  let step: Int64

  /// - Parameter most: the largest value to be shown.
  init(top: Double, bottom: Double, most: Int64, ticks: Int = 4) {
    self.top = top
    self.bottom = bottom
    // Far beyond every figure of a run; a step that reaches it does not overflow.
    let most = min(max(1, most), 1 << 60)
    var step: Int64 = 1
    search: while true {
      for factor in [1, 2, 5] as [Int64] where most <= step * factor * Int64(ticks) {
        step *= factor
        break search
      }
      step *= 10
    }
    self.step = step
    limit = max(most, (most + step - 1) / step * step)
  }

  func y(_ value: Int64) -> Double {
    let share = min(1, max(0, Double(value) / Double(limit)))
    return bottom - share * (bottom - top)
  }

  var ticks: [Int64] { Array(stride(from: 0, through: limit, by: Int64.Stride(step))) }
}
