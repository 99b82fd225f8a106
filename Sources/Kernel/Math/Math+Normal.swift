extension Math {
  /// The standard normal variate below which a share `p` lies: the inverse of its distribution function.
  ///
  /// -infinity at 0, infinity at 1, not a number outside. For `p` above a half, 1 - p is exact, so
  /// the two halves are mirror images.
  public static func normalInverse(_ p: Double) -> Double {
    guard p > 0 && p < 1 else { return normalOutsideRange(p) }
    if p == 0.5 { return 0 }
    let tail = p <= 0.5 ? p : 1 - p
    let z = tail >= 0x1p-5 ? centralQuantile(tail) : tailQuantile(tail)
    return p < 0.5 ? -z : z
  }

  /// For 2^-5 <= p <= 1/2: z is q = 1/2 - p times a polynomial on each sixteenth of an octave of p.
  @inline(__always)
  private static func centralQuantile(_ p: Double) -> Double {
    let bits = p.bitPattern
    // Octave 0 lies just below a half, octave 3 is the last.
    let octave = Int(truncatingIfNeeded: 0x3fd &- bits &>> 52)
    let row = (octave &<< 4 | Int(truncatingIfNeeded: bits &>> 48) & 15) &* 10
    let place = Double(Int64(truncatingIfNeeded: bits & 0xffff_ffff_ffff)) * 0x1p-47 - 1
    let rest = polynomial(normalCentral, row, place)
    // q = upper + lower; the product of the upper part and the first coefficient (26 bits each) is
    // exact, all else small.
    let q = 0.5 - p
    let upper = Double(bitPattern: q.bitPattern & ~0x7ff_ffff)
    let lower = (q - upper) + ((0.5 - q) - p)
    let first = normalCentral[row]
    return upper * first + (lower * first + q * rest)
  }

  /// For p < 2^-5: z is a polynomial in -log p on each sixteenth of an octave of -log p.
  @inline(never)
  private static func tailQuantile(_ p: Double) -> Double {
    let (coarse, fine) = LogReduction(p).units
    let logarithm = (Int128(coarse) &<< 53 | Int128(fine)).magnitude
    let zeros = logarithm.leadingZeroBitCount
    let top = UInt64(truncatingIfNeeded: (logarithm &<< UInt128(zeros)) &>> 64)
    // -log p lies in [2^octave, 2^(octave + 1)); the table starts in the twelfth sixteenth of [2, 4).
    let octave = 127 - zeros - 68
    let row = ((octave - 1) * 16 + Int(truncatingIfNeeded: (top &>> 59) & 15) - 11) * 10
    let place = Double(Int64(bitPattern: top &<< 5 ^ (1 &<< 63))) * 0x1p-63
    return normalTail[row] + polynomial(normalTail, row, place)
  }

  /// A row's polynomial without the first, larger part of its constant term, for t in [-1, 1].
  @inline(__always)
  private static func polynomial(_ table: [Double], _ row: Int, _ t: Double) -> Double {
    let square = t * t
    let odd = table[row &+ 4] + square * (table[row &+ 6] + square * table[row &+ 8])
    let even = table[row &+ 5] + square * (table[row &+ 7] + square * table[row &+ 9])
    return table[row &+ 1]
      + t * ((table[row &+ 2] + t * table[row &+ 3]) + square * (odd + t * even))
  }

  @inline(never)
  private static func normalOutsideRange(_ p: Double) -> Double {
    if p == 0 { return -.infinity }
    return p == 1 ? .infinity : .nan
  }
}
