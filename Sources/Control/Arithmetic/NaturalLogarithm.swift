/// Natural logarithm of a positive number, the same to the bit on every machine.
///
/// The decisions may not call the platform's mathematics. The method is FreeBSD's `e_log`, which Go's
/// `math.Log` uses too: error below one unit in the last place.
enum NaturalLogarithm {
  /// ln(n) for n >= 1.
  static func of(_ n: Int) -> Double {
    precondition(n >= 1, "logarithm of \(n)")
    return of(Double(n))
  }

  /// ln(x) for a normal x above 0.
  static func of(_ x: Double) -> Double {
    precondition(x > 0 && x.isNormal, "logarithm of \(x)")
    var fraction = x.significand / 2
    var exponent = Double(x.exponent) + 1
    if fraction < 0.707_106_781_186_547_6 {
      fraction *= 2
      exponent -= 1
    }
    let f = fraction - 1
    let s = f / (2 + f)
    let s2 = s * s
    let s4 = s2 * s2
    let odd =
      s2
      * (6.666666666666735130e-01 + s4
        * (2.857142874366239149e-01 + s4
          * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01)))
    let even =
      s4
      * (3.999999999940941908e-01 + s4 * (2.222219843214978396e-01 + s4 * 1.531383769920937332e-01))
    let halfSquare = 0.5 * f * f
    let low = exponent * 1.90821492927058770002e-10
    return exponent * 6.93147180369123816490e-01
      - ((halfSquare - (s * (halfSquare + odd + even) + low)) - f)
  }
}
