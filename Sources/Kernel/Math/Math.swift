/// Elementary functions of our own, equal to the last bit on every processor, within 0.6 ulp.
///
/// A platform's `log` and `exp` differ between processors: glibc chooses variants with fused
/// multiply-add when it starts. These use only + - * and integers, which are exact everywhere: a table
/// leaves a small rest, of which a short polynomial is added to the table's value, and only that last
/// addition rounds. (Subnormal results of `exp` and `pow` are rounded twice: within 0.76 ulp.)
/// `Tests/Reference/kernel_math.py` generates the tables and the reference values of the tests.
///
/// In the comments, "in units of 2^-n" says what number an integer stands for.
public enum Math {
  /// The upper word of the signed product.
  @inline(__always)
  static func high(_ a: Int64, _ b: Int64) -> Int64 { a.multipliedFullWidth(by: b).high }

  @inline(__always)
  static func product(_ a: Int64, _ b: Int64) -> Int128 { Int128(a) &* Int128(b) }

  @inline(__always)
  static func product(_ a: UInt64, _ b: UInt64) -> UInt128 { UInt128(a) &* UInt128(b) }

  /// Two to the power of `n` in the range of normal numbers.
  @inline(__always)
  static func power(_ n: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: n &+ 1023) &<< 52)
  }

  /// To the nearest integer, for magnitudes below 2^51.
  @inline(__always)
  static func rounded(_ x: Double) -> Int64 {
    Int64(bitPattern: (x + 0x1.8p52).bitPattern) &- 0x4338_0000_0000_0000
  }
}
