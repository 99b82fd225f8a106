extension Math {
  /// e to the power of `x`.
  public static func exp(_ x: Double) -> Double {
    guard x < 709.8 && x > -745.2 else { return expOutsideRange(x) }
    // x = k * (log 2) / 128 + r. The upper part of the constant has 36 bits, so its product with k is
    // exact and so is the difference.
    let k = rounded(x * 184.6649652337873)
    let r = (x - Double(k) * 0x1.62e42fefa0000p-8) - Double(k) * 0x1.cf79abc9e3b3ap-47
    return exp(steps: k, rest: r)
  }

  /// exp(k * (log 2) / 128 + r), where r is below 2^-8.
  @inline(__always)
  static func exp(steps k: Int64, rest r: Double) -> Double {
    let square = r * r
    let growth = r + square * ((0.5 + r * (1.0 / 6)) + square * ((1.0 / 24) + r * (1.0 / 120)))
    let row = Int(truncatingIfNeeded: k & 127) &* 2
    let power2 = expTable[row]
    let value = power2 + (expTable[row &+ 1] + power2 * growth)
    let exponent = Int(truncatingIfNeeded: k &>> 7)
    if exponent >= -1021 && exponent <= 1023 { return value * power(exponent) }
    return exponent > 0
      ? value * power(exponent &- 2) * 4 : value * power(exponent &+ 512) * 0x1p-512
  }

  @inline(never)
  private static func expOutsideRange(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x > 0 ? .infinity : 0
  }
}
