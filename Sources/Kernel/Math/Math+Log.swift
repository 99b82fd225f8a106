extension Math {
  /// x = 2^k * m with m in [sqrt(1/2), sqrt(2)), and m * c = 1 + r for the c of a table.
  struct LogReduction {
    var k: Int64
    var row: Int
    /// In units of 2^-62, exact; below 2^-7.9.
    var r: Int64

    /// - Parameter x: positive and finite.
    @inline(__always)
    init(_ x: Double) {
      var bits = x.bitPattern
      k = 0
      if x < 0x1p-1022 {
        bits = (x * 0x1p54).bitPattern
        k = -54
      }
      let shifted = bits &- 0x3fe6_a09e_667f_3bcd
      k &+= Int64(bitPattern: shifted) &>> 52
      row = Int(truncatingIfNeeded: (shifted &>> 44) & 0xff)
      let m = bits &- (shifted & 0xfff0_0000_0000_0000)
      // The exponent of m is 0x3fe or 0x3ff; m becomes units of 2^-53, c has units of 2^-9.
      let units = ((m & 0xf_ffff_ffff_ffff) | 0x10_0000_0000_0000) &<< ((m &>> 52) & 1)
      r = Int64(truncatingIfNeeded: units) &* logTable[row &* 3] &- (1 &<< 62)
    }

    /// Whether c is 1 and k is 0, so that the logarithm is that of 1 + r alone and may be tiny.
    @inline(__always)
    var isNearOne: Bool { k == 0 && UInt(bitPattern: row &- 148) < 3 }

    /// The logarithm as a sum of units of 2^-15 and units of 2^-68; the latter below 2^53.
    ///
    /// Relative to the logarithm exact enough unless `isNearOne`.
    @inline(__always)
    var units: (coarse: Int64, fine: Int64) {
      let f = Double(r) * 0x1p-62
      let square = Math.high(r &<< 8, r &<< 8)
      let cube = Math.rounded(f * f * f * 0x1p68 * Math.logRest(f))
      let series = r &<< 6 &- square &>> 9 &+ cube
      let fine = k &* 421_650_310_339_261 &+ logTable[row &* 3 &+ 2] &+ series
      let coarse = k &* 0x58b9 &+ logTable[row &* 3 &+ 1]
      return (coarse &+ fine &>> 53, fine & 0x1f_ffff_ffff_ffff)
    }
  }

  /// Natural logarithm; -infinity at 0, not a number below.
  public static func log(_ x: Double) -> Double {
    guard x > 0 && x < .infinity else { return logOutsideRange(x) }
    let reduced = LogReduction(x)
    if reduced.isNearOne {
      let f = x - 1
      return f + f * f * (f * logRest(f) - 0.5)
    }
    let (coarse, fine) = reduced.units
    return Double(coarse) * 0x1p-15 + Double(fine) * 0x1p-68
  }

  /// 1/3 - f/4 + f^2/5 - ... - f^5/8: (log(1 + f) - f + f^2/2) / f^3 to 2^-44.
  @inline(__always)
  private static func logRest(_ f: Double) -> Double {
    let square = f * f
    let middle = (0.2 - f * (1.0 / 6)) + square * ((1.0 / 7) - f * 0.125)
    return ((1.0 / 3) - f * 0.25) + square * middle
  }

  @inline(never)
  private static func logOutsideRange(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    return x == .infinity ? x : .nan
  }
}
