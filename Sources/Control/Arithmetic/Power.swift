/// Powers, the same to the bit on every machine.
enum Power {
  /// `base` to the power of `exponent`, by squaring from the lowest bit on.
  static func of(_ base: Double, _ exponent: Int) -> Double {
    var (result, square) = (1.0, base)
    var bits = exponent.magnitude
    while bits != 0 {
      if bits & 1 == 1 { result *= square }
      square *= square
      bits >>= 1
    }
    return exponent < 0 ? 1 / result : result
  }

  /// 2 to the power of `x`; 0 below the normal numbers, infinite above them.
  ///
  /// The method is FreeBSD's `e_exp`, which Go's `math.Exp2` uses too: error below one unit in the
  /// last place.
  static func ofTwo(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x >= 1024 { return .infinity }
    if x < -1022 { return 0 }
    let whole = (x < 0 ? x - 0.5 : x + 0.5).rounded(.towardZero)
    let rest = x - whole
    let high = rest * 6.93147180369123816490e-01
    let low = -rest * 1.90821492927058770002e-10
    let r = high - low
    let t = r * r
    let series =
      1.66666666666666657415e-01
      + t
      * (-2.77777777770155933842e-03
        + t
        * (6.61375632143793436117e-05
          + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)))
    let c = r - t * series
    let fraction = 1 - ((low - (r * c) / (2 - c)) - high)
    return fraction * Double(sign: .plus, exponent: Int(whole), significand: 1)
  }
}
