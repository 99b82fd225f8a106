extension Math {
  /// `x` to the power of `y`, with the special cases of C's `pow`.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    guard x > 0 && x < .infinity && y.isFinite else { return specialPower(x, y) }
    return positivePower(x, y)
  }

  private static func positivePower(_ x: Double, _ y: Double) -> Double {
    let logarithm = ExtendedLog(x)
    let negative = (y < 0) != logarithm.isNegative
    // |y| = u * 2^(e - 63) with u of 64 bits.
    let size = y.magnitude
    let e = Int(size.exponent)
    let u = (size.significand.bitPattern & 0xf_ffff_ffff_ffff | 0x10_0000_0000_0000) &<< 11
    // The upper 128 bits of the product of 192.
    let low = product(u, UInt64(truncatingIfNeeded: logarithm.magnitude)) &>> 64
    let whole = product(u, UInt64(truncatingIfNeeded: logarithm.magnitude &>> 64)) &+ low
    // To units of 2^-88. The product is 2^126 at least, so a small shift means beyond 2^17.
    let shift = logarithm.scale - e - 89
    guard shift >= 22 else { return negative ? 0 : .infinity }
    let exact = shift < 128 ? Int128(truncatingIfNeeded: whole &>> UInt128(shift)) : 0
    let exponent = negative ? -exact : exact
    let k = rounded(
      Double(Int64(truncatingIfNeeded: exponent &>> 48)) * 0x1p-40 * 184.6649652337873)
    if k >= 1025 * 128 { return .infinity }
    if k < -1076 * 128 { return 0 }
    let r = exponent &- Int128(k) &* 0x1_62e4_2fef_a39e_f357_93c7
    return exp(steps: k, rest: Double(Int64(truncatingIfNeeded: r &>> 17)) * 0x1p-71)
  }

  /// log x to a relative error below 2^-76: `magnitude` in units of 2^-`scale`, upper bit set.
  private struct ExtendedLog {
    var magnitude: UInt128
    var scale: Int
    var isNegative: Bool

    init(_ x: Double) {
      let reduced = LogReduction(x)
      let r = reduced.r
      let square = product(r, r)
      let square78 = Int64(truncatingIfNeeded: square &>> 46)
      let third: Int64 = 0x2aaa_aaaa_aaaa_aaab
      var value: Int128
      if reduced.isNearOne {
        // r normalised, times 1 - r/2 + r^2/3 - r^3 (1/4 - ...) in units of 2^-120.
        let cube84 = high(square78, r &<< 8)
        let series: Int128 =
          (1 &<< 120) &- Int128(r) &<< 57 &+ product(square78, third) &>> 21
          &- product(cube84, ExtendedLog.rest(r)) &>> 26
        let zeros = Int(r.magnitude.leadingZeroBitCount) - 1
        let normal = r &<< Int64(zeros)
        let upper = Int64(truncatingIfNeeded: series &>> 58)
        let lower = Int64(truncatingIfNeeded: series & ((1 &<< 58) - 1))
        value = product(normal, upper) &+ product(normal, lower) &>> 58
        scale = 124 + zeros
      } else {
        // r - r^2/2 + r^3/3 - r^4 (1/4 - ...) in units of 2^-113.
        let cube85 = Int64(truncatingIfNeeded: product(square78, r &<< 8) &>> 63)
        let fourth92 = high(square78, square78)
        value =
          ExtendedLog.offset(reduced) &+ Int128(r) &<< 51 &- square &>> 12
          &+ product(cube85, third) &>> 35 &- product(fourth92, ExtendedLog.rest(r)) &>> 41
        scale = 113
      }
      isNegative = value < 0
      let zeros = value.magnitude.leadingZeroBitCount
      magnitude = value.magnitude &<< UInt128(zeros)
      scale += zeros
    }

    /// k * log 2 - log c in units of 2^-113.
    private static func offset(_ reduced: LogReduction) -> Int128 {
      let ln2: Int128 = 0x1_62e4_2fef_a39e_f357_93c7_6730_07e6
      let high = Int128(logOffsetHigh[reduced.row]) &<< 64
      return Int128(reduced.k) &* ln2 &+ (high | Int128(logOffsetLow[reduced.row]))
    }

    /// 1/4 - r/5 + r^2/6 - ... + r^6/10 in units of 2^-62.
    private static func rest(_ r: Int64) -> Int64 {
      let r70 = r &<< 8
      var sum: Int64 = 0x66_6666
      sum = -0x1c71_c71c &+ high(r70, sum)
      sum = 0x8_0000_0000 &+ high(r70, sum)
      sum = -0x249_2492_4925 &+ high(r70, sum)
      sum = 0xaaaa_aaaa_aaab &+ high(r70, sum)
      sum = -0x33_3333_3333_3333 &+ high(r70, sum)
      return 0x1000_0000_0000_0000 &+ high(r70, sum)
    }
  }

  /// Infinite or missing arguments, and bases that are zero or negative.
  private static func specialPower(_ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    if y.isInfinite {
      if x == -1 { return 1 }
      return (x.magnitude > 1) == (y > 0) ? .infinity : 0
    }
    // From 2^53 on every double is an even integer; below, the conversion is exact if y is integral.
    let isLarge = y.magnitude >= 0x1p53
    let whole = isLarge ? 0 : Int64(y)
    let isIntegral = isLarge || Double(whole) == y
    let isOdd = isIntegral && whole & 1 == 1
    let isNegative = x.sign == .minus && isOdd
    if x == 0 || x.isInfinite {
      let result: Double = (x == 0) == (y > 0) ? 0 : .infinity
      return isNegative ? -result : result
    }
    guard isIntegral else { return .nan }
    let result = x == -1 ? 1 : positivePower(-x, y)
    return isNegative ? -result : result
  }
}
