import Kernel

// Arithmetic of floating-point numbers with Go's answers for NaN and zeros.

/// `base` to the power of `exponent`, the same to the bit on every machine.
public func raised(_ base: Double, to exponent: Double) -> Double { Math.pow(base, exponent) }

/// The smaller one; NaN when one is NaN.
@inline(__always)
func minimum(_ a: Double, _ b: Double) -> Double {
  if a.isNaN || b.isNaN { return .nan }
  if a == 0, b == 0 { return a.sign == .minus ? a : b }
  return a < b ? a : b
}

/// The larger one; NaN when one is NaN.
@inline(__always)
func maximum(_ a: Double, _ b: Double) -> Double {
  if a.isNaN || b.isNaN { return .nan }
  if a == 0, b == 0 { return a.sign == .minus ? b : a }
  return a > b ? a : b
}

/// A sum that keeps what rounding loses (Kahan's summation as improved by Neumaier).
struct CompensatedSum {
  var sum = 0.0
  var compensation = 0.0

  @inline(__always)
  mutating func add(_ value: Double) {
    let total = sum + value
    if total.isInfinite {
      compensation = 0
    } else if sum.magnitude >= value.magnitude {
      compensation += (sum - total) + value
    } else {
      compensation += (value - total) + sum
    }
    sum = total
  }

  var total: Double { sum + compensation }
}

/// An average as Prometheus computes it: the compensated sum by the count, or, where the sum would
/// overflow, an incremental mean.
struct CompensatedMean {
  private var sum: CompensatedSum
  private var count = 1.0
  private var isIncremental = false

  init(_ first: Double) { sum = CompensatedSum(sum: first) }

  @inline(__always)
  mutating func add(_ value: Double) {
    count += 1
    if !isIncremental {
      var next = sum
      next.add(value)
      if !next.sum.isInfinite {
        sum = next
        return
      }
      isIncremental = true
      sum.sum /= count - 1
      sum.compensation /= count - 1
    }
    let share = (count - 1) / count
    sum.sum *= share
    sum.compensation *= share
    sum.add(value / count)
  }

  var mean: Double {
    isIncremental ? sum.total : sum.sum / count + sum.compensation / count
  }
}

/// Whether two numbers are equal but for rounding: their difference is below `tolerance` times the
/// sum of their magnitudes.
public func almostEqual(_ a: Double, _ b: Double, tolerance: Double) -> Bool {
  if Samples.isStale(a) || Samples.isStale(b) { return Samples.isStale(a) && Samples.isStale(b) }
  if a.isNaN && b.isNaN || a == b { return true }
  let sum = a.magnitude + b.magnitude
  let difference = (a - b).magnitude
  if a == 0 || b == 0 || sum < Double.leastNormalMagnitude {
    return difference < tolerance * Double.leastNormalMagnitude
  }
  return difference / min(sum, Double.greatestFiniteMagnitude) < tolerance
}

/// The quantile of numbers, interpolated between neighbours; sorts them, NaN first.
func quantile(_ quantile: Double, of values: inout [Double]) -> Double {
  if values.isEmpty || quantile.isNaN { return .nan }
  if quantile < 0 { return -.infinity }
  if quantile > 1 { return .infinity }
  values.sort { $0.isNaN ? !$1.isNaN : $0 < $1 }
  let rank = quantile * Double(values.count - 1)
  let lower = rank.rounded(.down)
  let upper = min(Double(values.count - 1), lower + 1)
  let weight = rank - lower
  return values[Int(lower)] * (1 - weight) + values[Int(upper)] * weight
}
