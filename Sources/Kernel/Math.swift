/// Elementary functions of our own, equal to the last bit on every processor.
///
/// A platform's `log` and `exp` differ between processors: glibc chooses variants with fused
/// multiply-add when it starts. These use only + - * / and integers, which are exact everywhere.
public enum Math {
  /// Natural logarithm; the reduction and polynomial of FreeBSD's `e_log.c`.
  public static func log(_ x: Double) -> Double {
    if x.isNaN || x < 0 { return .nan }
    if x == 0 { return -.infinity }
    if x == .infinity { return x }
    var bits = x.bitPattern
    var k = 0
    if x < 0x1p-1022 {
      bits = (x * 0x1p54).bitPattern
      k = -54
    }
    // m in [sqrt(1/2), sqrt(2))
    let shifted = bits &- 0x3fe6_a09e_667f_3bcd
    k += Int(Int64(bitPattern: shifted) &>> 52)
    let m = Double(bitPattern: bits &- (shifted & 0xfff0_0000_0000_0000))
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    let odd =
      w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    let even =
      z
      * (6.666666666666735130e-01 + w
        * (2.857142874366239149e-01 + w
          * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
    let half = 0.5 * f * f
    let e = Double(k)
    let low = s * (half + odd + even) + e * 1.90821492927058770002e-10
    return e * 6.93147180369123816490e-01 - ((half - low) - f)
  }

  /// e to the power of `x`; the reduction and rational function of FreeBSD's `e_exp.c`.
  public static func exp(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.782712893384 { return .infinity }
    if x < -745.1332191019412 { return 0 }
    let k = Int(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5))
    let hi = x - Double(k) * 6.93147180369123816490e-01
    let lo = Double(k) * 1.90821492927058770002e-10
    let r = hi - lo
    let t = r * r
    let c =
      r - t
      * (1.66666666666666019037e-01 + t
        * (-2.77777777770155933842e-03 + t
          * (6.61375632143793436117e-05 + t
            * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))))
    let y = 1 - ((lo - (r * c) / (2 - c)) - hi)
    if k > -1022 && k < 1024 {
      return y * Double(bitPattern: UInt64(1023 + k) &<< 52)
    }
    if k >= 1024 { return y * 2 * Double(bitPattern: UInt64(1022 + k) &<< 52) }
    return y * Double(bitPattern: UInt64(1023 + k + 54) &<< 52) * 0x1p-54
  }

  /// `x` to the power of `y`.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x == 0 { return y > 0 ? 0 : .infinity }
    return exp(y * log(x))
  }

  /// The standard normal variate below which a share `p` lies; Acklam's rational approximation.
  public static func normalInverse(_ p: Double) -> Double {
    if p.isNaN || p < 0 || p > 1 { return .nan }
    if p == 0 { return -.infinity }
    if p == 1 { return .infinity }
    if p < 0.02425 || p > 0.97575 {
      let q = (-2 * log(p < 0.5 ? p : 1 - p)).squareRoot()
      let a =
        ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q
          - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783
      let b =
        (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q
          + 3.754408661907416) * q + 1
      return p < 0.5 ? a / b : -a / b
    }
    let q = p - 0.5
    let r = q * q
    let a =
      ((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
        + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239
    let b =
      ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
        + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1
    return q * a / b
  }
}
