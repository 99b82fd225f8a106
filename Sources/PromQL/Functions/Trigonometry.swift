// Trigonometry of our own, equal to the last bit on every processor: + - * / and integers only. The
// polynomials are those of Sun's fdlibm; errors stay below 2 units in the last place.

/// 2/pi, 64 bits behind the point per word.
private let twoOverPi: [UInt64] = [
  0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041,
  0xfe5163abdebbc561, 0xb7246e3a424dd2e0, 0x06492eea09d1921c,
  0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41,
  0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
  0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
  0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08,
  0x56033046fc7b6bab,
]

/// x less the nearest multiple of pi/2, as a sum, and which multiple modulo 4.
private func reduced(_ x: Double) -> (quadrant: Int, high: Double, low: Double) {
  if x.magnitude <= 0.785 { return (0, x, 0) }
  // |x| = m * 2^e. Bits of 2/pi that give multiples of 4 are left out; the product with the following
  // 192 bits keeps more than 128 bits behind the point.
  let m = x.significandBitPattern | 1 &<< 52
  let e = Int(x.exponent) - 52
  let first = max(0, e - 2)
  var product: [UInt64] = [0, 0, 0, 0]
  var carry: UInt64 = 0
  for place in stride(from: 2, through: 0, by: -1) {
    let (high, low) = m.multipliedFullWidth(by: bits(of: twoOverPi, from: first + place * 64))
    let (sum, overflowed) = low.addingReportingOverflow(carry)
    product[place + 1] = sum
    carry = high &+ (overflowed ? 1 : 0)
  }
  product[0] = carry
  let shift = UInt64(e >= 2 ? 0 : 2 - e)
  if shift > 0 {
    for place in stride(from: 3, through: 1, by: -1) {
      product[place] = product[place] &>> shift | product[place - 1] &<< (64 - shift)
    }
  }
  let top = product[1] &<< 2 | product[2] &>> 62
  let rest = product[2] &<< 2 | product[3] &>> 62
  let fraction = Int128(bitPattern: UInt128(top) << 64 | UInt128(rest))
  var quadrant = Int(product[1] &>> 62) + (fraction < 0 ? 1 : 0)
  // The fraction as the sum of two numbers, times pi/2 as the sum of two numbers.
  let size = fraction.magnitude
  let zeros = UInt128(size.leadingZeroBitCount)
  let upper = ((size << zeros) >> 75) << 75
  let scale = Double(sign: .plus, exponent: -128 - Int(zeros), significand: 1)
  let a = Double(upper) * scale
  let b = Double((size << zeros) &- upper) * scale
  let halfPi = 1.5707963267948966
  let halfPiRest = 6.123233995736766e-17
  let high = a * halfPi
  let low = exactRest(a, halfPi, high) + (a * halfPiRest + b * halfPi)
  let sum = high + low
  let remainder = low - (sum - high)
  let isNegative = (fraction < 0) != (x < 0)
  if x < 0 { quadrant = -quadrant }
  return (quadrant & 3, isNegative ? -sum : sum, isNegative ? -remainder : remainder)
}

/// 64 bits of a long number from a place on.
private func bits(of words: [UInt64], from start: Int) -> UInt64 {
  let word = start / 64
  let shift = UInt64(start % 64)
  let high = word < words.count ? words[word] : 0
  if shift == 0 { return high }
  let low = word + 1 < words.count ? words[word + 1] : 0
  return high &<< shift | low &>> (64 - shift)
}

/// a * b - product, exactly (Dekker).
private func exactRest(_ a: Double, _ b: Double, _ product: Double) -> Double {
  let splitter = 134_217_729.0
  let aHigh = a * splitter - (a * splitter - a)
  let bHigh = b * splitter - (b * splitter - b)
  let aLow = a - aHigh
  let bLow = b - bHigh
  return ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
}

/// The sine of a + b for magnitudes below pi/4, b being small.
private func sineNearZero(_ a: Double, _ b: Double) -> Double {
  let z = a * a
  let v = z * a
  let r =
    8.33333333332248946124e-03 + z
    * (-1.98412698298579493134e-04 + z
      * (2.75573137070700676789e-06 + z
        * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)))
  return a - ((z * (0.5 * b - v * r) - b) - v * -1.66666666666666324348e-01)
}

/// The cosine of a + b for magnitudes below pi/4, b being small.
private func cosineNearZero(_ a: Double, _ b: Double) -> Double {
  let z = a * a
  let r =
    z
    * (4.16666666666666019037e-02 + z
      * (-1.38888888888741095749e-03 + z
        * (2.48015872894767294178e-05 + z
          * (-2.75573143513906633035e-07 + z
            * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))))
  let half = 0.5 * z
  let w = 1 - half
  return w + (((1 - w) - half) + (z * r - a * b))
}

func sine(_ x: Double) -> Double {
  if !x.isFinite { return .nan }
  if x == 0 { return x }
  let (quadrant, a, b) = reduced(x)
  let value = quadrant & 1 == 0 ? sineNearZero(a, b) : cosineNearZero(a, b)
  return quadrant < 2 ? value : -value
}

func cosine(_ x: Double) -> Double {
  if !x.isFinite { return .nan }
  let (quadrant, a, b) = reduced(x)
  let value = quadrant & 1 == 0 ? cosineNearZero(a, b) : sineNearZero(a, b)
  return quadrant == 0 || quadrant == 3 ? value : -value
}

func tangent(_ x: Double) -> Double {
  if !x.isFinite { return .nan }
  if x == 0 { return x }
  let (quadrant, a, b) = reduced(x)
  let sine = sineNearZero(a, b)
  let cosine = cosineNearZero(a, b)
  return quadrant & 1 == 0 ? sine / cosine : -cosine / sine
}

// MARK: inverse functions

func arcTangent(_ x: Double) -> Double {
  if x.isNaN { return x }
  let size = x.magnitude
  if size >= 0x1p66 { return x < 0 ? -1.5707963267948966 : 1.5707963267948966 }
  if size < 0x1p-27 { return x }
  let value: Double
  switch size {
  case ..<0.4375: return x - x * arcTangentSeries(x)
  case ..<0.6875:
    value = near(
      (2 * size - 1) / (2 + size), 4.63647609000806093515e-01, 2.26987774529616870924e-17)
  case ..<1.1875:
    value = near((size - 1) / (size + 1), 7.85398163397448278999e-01, 3.06161699786838301793e-17)
  case ..<2.4375:
    value = near(
      (size - 1.5) / (1 + 1.5 * size), 9.82793723247329054082e-01, 1.39033110312309984516e-17)
  default:
    value = near(-1 / size, 1.57079632679489655800e+00, 6.12323399573676603587e-17)
  }
  return x < 0 ? -value : value
}

/// The arc tangent of a value whose difference to a known one has the tangent `t`.
private func near(_ t: Double, _ high: Double, _ low: Double) -> Double {
  high - ((t * arcTangentSeries(t) - low) - t)
}

/// 1 - atan(x) / x.
private func arcTangentSeries(_ x: Double) -> Double {
  let z = x * x
  let w = z * z
  let odd =
    z
    * (3.33333333333329318027e-01 + w
      * (1.42857142725034663711e-01 + w
        * (9.09088713343650656196e-02 + w
          * (6.66107313738753120669e-02 + w
            * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02)))))
  let even =
    w
    * (-1.99999999998764832476e-01 + w
      * (-1.11111104054623557880e-01 + w
        * (-7.69187620504482999495e-02 + w
          * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02))))
  return odd + even
}

/// The angle of the point (x, y), with C's special cases.
func arcTangent(_ y: Double, _ x: Double) -> Double {
  if x.isNaN || y.isNaN { return .nan }
  let isLeft = x.sign == .minus
  let size: Double
  if y == 0 {
    size = isLeft ? .pi : 0
  } else if x == 0 {
    size = 1.5707963267948966
  } else if x.isInfinite {
    size = y.isInfinite ? (isLeft ? 2.356194490192345 : 0.7853981633974483) : isLeft ? .pi : 0
  } else if y.isInfinite {
    size = 1.5707963267948966
  } else {
    let angle = arcTangent((y / x).magnitude)
    size = isLeft ? .pi - (angle - 1.2246467991473532e-16) : angle
  }
  return y.sign == .minus ? -size : size
}

func arcSine(_ x: Double) -> Double {
  if x.magnitude > 1 { return .nan }
  return x.magnitude < 0x1p-27 ? x : arcTangent(x, ((1 - x) * (1 + x)).squareRoot())
}

func arcCosine(_ x: Double) -> Double {
  if x.magnitude > 1 { return .nan }
  return 2 * arcTangent((1 - x).squareRoot(), (1 + x).squareRoot())
}
