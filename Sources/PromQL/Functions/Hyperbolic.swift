import Kernel

// Hyperbolic functions and logarithms to other bases, from the kernel's own exponential function and
// logarithm; errors stay within some units in the last place.

private let logarithmOf2 = 0.6931471805599453

func binaryLogarithm(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return Math.log(x) }
  // A fraction in [0.5, 1), so that powers of two are exact.
  let exponent = Double(x.exponent) + 1
  let fraction = x.significand / 2
  if fraction == 0.5 { return exponent - 1 }
  return Math.log(fraction) * (1 / logarithmOf2) + exponent
}

func decimalLogarithm(_ x: Double) -> Double {
  binaryLogarithm(x) * (logarithmOf2 / 2.302585092994046)
}

/// log(1 + x), exact for small x too.
private func logarithmOfOnePlus(_ x: Double) -> Double {
  let sum = 1 + x
  if sum == 1 { return x }
  return sum == .infinity ? sum : Math.log(sum) * (x / (sum - 1))
}

func hyperbolicSine(_ x: Double) -> Double {
  let size = x.magnitude
  if size < 1 {
    let z = x * x
    var sum = 0.0
    for count in stride(from: 21.0, through: 3, by: -2) {
      sum = (sum + 1) * z / (count * (count - 1))
    }
    return x + x * sum
  }
  let value: Double
  if size > 709 {
    let half = Math.exp(size / 2)
    value = half / 2 * half
  } else {
    let power = Math.exp(size)
    value = (power - 1 / power) / 2
  }
  return x < 0 ? -value : value
}

func hyperbolicCosine(_ x: Double) -> Double {
  let size = x.magnitude
  if size > 709 {
    let half = Math.exp(size / 2)
    return half / 2 * half
  }
  let power = Math.exp(size)
  return (power + 1 / power) / 2
}

func hyperbolicTangent(_ x: Double) -> Double {
  let size = x.magnitude
  if size < 0.5 { return hyperbolicSine(x) / hyperbolicCosine(x) }
  let value = size > 22 ? 1 : 1 - 2 / (Math.exp(2 * size) + 1)
  return x.isNaN ? x : x < 0 ? -value : value
}

func inverseHyperbolicSine(_ x: Double) -> Double {
  if !x.isFinite || x == 0 { return x }
  let size = x.magnitude
  let value: Double
  if size > 0x1p28 {
    value = Math.log(size) + logarithmOf2
  } else {
    let square = size * size
    value = logarithmOfOnePlus(size + square / (1 + (square + 1).squareRoot()))
  }
  return x < 0 ? -value : value
}

func inverseHyperbolicCosine(_ x: Double) -> Double {
  if x < 1 || x.isNaN { return .nan }
  if x > 0x1p28 { return Math.log(x) + logarithmOf2 }
  let above = x - 1
  return logarithmOfOnePlus(above + (2 * above + above * above).squareRoot())
}

func inverseHyperbolicTangent(_ x: Double) -> Double {
  let size = x.magnitude
  if size > 1 || x.isNaN { return .nan }
  if size == 1 { return x < 0 ? -.infinity : .infinity }
  if x == 0 { return x }
  let value = 0.5 * logarithmOfOnePlus(2 * size / (1 - size))
  return x < 0 ? -value : value
}
