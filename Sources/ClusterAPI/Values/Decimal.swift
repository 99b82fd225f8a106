/// An exact decimal number: a mantissa of any length times a power of ten, in normal form.
///
/// Most amounts fit a 64-bit mantissa and are handled with 128-bit integers; longer ones carry their
/// digits. Normal form: the mantissa ends in no zero, zero has exponent 0.
struct Decimal: Hashable, Sendable {
  /// The mantissa with its sign; 0 while `digits` is in use.
  private(set) var small: Int64
  private(set) var exponent: Int
  /// The mantissa's digits, most significant first, when they do not fit `small`; else empty.
  private(set) var digits: [UInt8]
  /// The sign of `digits`.
  private(set) var negative: Bool

  /// Sums whose operands lie further apart than this many digits drop the smaller operand.
  ///
  /// Kubernetes would build a number of that many digits; the bound keeps hostile input cheap.
  static let spanMax = 100_000

  init(_ mantissa: Int64, exponent: Int = 0) {
    var mantissa = mantissa
    var exponent = mantissa == 0 ? 0 : exponent
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    small = mantissa
    self.exponent = exponent
    digits = []
    negative = false
  }

  init(wide mantissa: Int128, exponent: Int) {
    var mantissa = mantissa
    var exponent = exponent
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    if let fits = Int64(exactly: mantissa) {
      self.init(fits, exponent: exponent)
      return
    }
    var rest = mantissa.magnitude
    var reversed: [UInt8] = []
    while rest != 0 {
      reversed.append(UInt8(rest % 10))
      rest /= 10
    }
    self.init(digits: reversed.reversed(), negative: mantissa < 0, exponent: exponent)
  }

  /// From digits (values 0...9), most significant first; leading and trailing zeros are allowed.
  init(digits source: [UInt8], negative: Bool, exponent: Int) {
    let first = source.firstIndex { $0 != 0 } ?? source.count
    var end = source.count
    while end > first, source[end - 1] == 0 { end -= 1 }
    let kept = source[first..<end]
    let exponent = exponent + (source.count - end)
    if kept.count <= 19 {
      var value: Int128 = 0
      for digit in kept { value = value * 10 + Int128(digit) }
      if let fits = Int64(exactly: negative ? -value : value) {
        self.init(fits, exponent: exponent)
        return
      }
    }
    self.init(normalized: Array(kept), negative: negative, exponent: exponent)
  }

  private init(normalized digits: [UInt8], negative: Bool, exponent: Int) {
    small = 0
    self.exponent = exponent
    self.digits = digits
    self.negative = negative
  }

  var isZero: Bool { small == 0 && digits.isEmpty }
  var isNegative: Bool { digits.isEmpty ? small < 0 : negative }
  var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

  /// The mantissa's digits, most significant first.
  var magnitudeDigits: [UInt8] {
    if !digits.isEmpty { return digits }
    var rest = small.magnitude
    var reversed: [UInt8] = []
    while rest != 0 {
      reversed.append(UInt8(rest % 10))
      rest /= 10
    }
    return reversed.reversed()
  }

  static prefix func - (a: Decimal) -> Decimal {
    if !a.digits.isEmpty {
      return Decimal(digits: a.digits, negative: !a.negative, exponent: a.exponent)
    }
    return Decimal(wide: -Int128(a.small), exponent: a.exponent)
  }
}

extension Decimal: Comparable {
  static func < (a: Decimal, b: Decimal) -> Bool {
    if a.sign != b.sign { return a.sign < b.sign }
    if a.isZero { return false }
    if a.digits.isEmpty, b.digits.isEmpty {
      let gap = a.exponent - b.exponent
      if gap == 0 { return a.small < b.small }
      if gap > 0, gap <= 18 { return Int128(a.small) * power10(gap) < Int128(b.small) }
      if gap < 0, gap >= -18 { return Int128(a.small) < Int128(b.small) * power10(-gap) }
    }
    return a.isNegative ? magnitudeLess(b, a) : magnitudeLess(a, b)
  }

  private static func magnitudeLess(_ a: Decimal, _ b: Decimal) -> Bool {
    let x = a.magnitudeDigits
    let y = b.magnitudeDigits
    let (top, other) = (x.count + a.exponent, y.count + b.exponent)
    if top != other { return top < other }
    for (p, q) in zip(x, y) where p != q { return p < q }
    return x.count < y.count
  }
}

extension Decimal {
  static func + (a: Decimal, b: Decimal) -> Decimal {
    if a.isZero { return b }
    if b.isZero { return a }
    let (high, low) = a.exponent >= b.exponent ? (a, b) : (b, a)
    let gap = high.exponent - low.exponent
    if gap <= 18, a.digits.isEmpty, b.digits.isEmpty {
      let sum = Int128(high.small) * power10(gap) + Int128(low.small)
      return Decimal(wide: sum, exponent: low.exponent)
    }
    return sumOfDigits(high, low, gap: gap)
  }

  /// 10^n for n in 0...37.
  static func power10(_ n: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<n { result *= 10 }
    return result
  }

  private static func sumOfDigits(_ high: Decimal, _ low: Decimal, gap: Int) -> Decimal {
    if gap > spanMax { return high }
    let x = high.magnitudeDigits + [UInt8](repeating: 0, count: gap)
    let y = low.magnitudeDigits
    if high.isNegative == low.isNegative {
      return Decimal(
        digits: added(x, y), negative: high.isNegative, exponent: low.exponent)
    }
    let xIsLess =
      Decimal(digits: x, negative: false, exponent: 0)
      < Decimal(digits: y, negative: false, exponent: 0)
    return Decimal(
      digits: xIsLess ? subtracted(y, x) : subtracted(x, y),
      negative: xIsLess ? low.isNegative : high.isNegative, exponent: low.exponent)
  }

  private static func added(_ x: [UInt8], _ y: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: max(x.count, y.count) + 1)
    var carry: UInt8 = 0
    for place in 0..<result.count {
      var digit = carry
      if place < x.count { digit += x[x.count - 1 - place] }
      if place < y.count { digit += y[y.count - 1 - place] }
      result[result.count - 1 - place] = digit % 10
      carry = digit / 10
    }
    return result
  }

  /// `x - y` for x >= y.
  private static func subtracted(_ x: [UInt8], _ y: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: x.count)
    var borrow: Int8 = 0
    for place in 0..<x.count {
      var digit = Int8(x[x.count - 1 - place]) - borrow
      if place < y.count { digit -= Int8(y[y.count - 1 - place]) }
      borrow = digit < 0 ? 1 : 0
      result[result.count - 1 - place] = UInt8(digit + borrow * 10)
    }
    return result
  }

  /// This number times 2^bits, exactly.
  func shifted(bits: Int) -> Decimal {
    var result = magnitudeDigits
    var rest = bits
    while rest > 0 {
      let step = min(rest, 20)
      var carry: UInt64 = 0
      for index in result.indices.reversed() {
        carry += UInt64(result[index]) << UInt64(step)
        result[index] = UInt8(carry % 10)
        carry /= 10
      }
      while carry > 0 {
        result.insert(UInt8(carry % 10), at: 0)
        carry /= 10
      }
      rest -= step
    }
    return Decimal(digits: result, negative: isNegative, exponent: exponent)
  }

  /// Rounded away from zero to a multiple of 10^place.
  func rounded(toPlace place: Int) -> Decimal {
    if isZero || exponent >= place { return self }
    // In normal form the last digit is not 0: something is always cut off.
    let all = magnitudeDigits
    let kept = max(0, all.count - (place - exponent))
    return Decimal(
      digits: Decimal.added(Array(all.prefix(kept)), [1]), negative: isNegative, exponent: place)
  }

  /// The number in units of 10^place, rounded away from zero and saturated.
  func scaled(_ place: Int) -> Int64 {
    if digits.isEmpty, exponent == place { return small }
    if isZero { return 0 }
    let limit = isNegative ? Int64.min : Int64.max
    let whole = rounded(toPlace: place)
    guard whole.digits.isEmpty, whole.exponent - place <= 18 else { return limit }
    let value = Int128(whole.small) * Decimal.power10(whole.exponent - place)
    return Int64(exactly: value) ?? limit
  }

  /// The number itself when it is whole and below 10^37 in magnitude.
  var wholeNumber: Int128? {
    guard exponent >= 0, exponent <= 37 else { return nil }
    let all = magnitudeDigits
    guard all.count + exponent <= 37 else { return nil }
    var value: Int128 = 0
    for digit in all { value = value * 10 + Int128(digit) }
    value *= Decimal.power10(exponent)
    return isNegative ? -value : value
  }

  var approximateValue: Double {
    var mantissa = 0.0
    if digits.isEmpty { mantissa = Double(small) }
    for digit in digits.prefix(40) { mantissa = mantissa * 10 + Double(digit) }
    if !digits.isEmpty, negative { mantissa = -mantissa }
    var power = exponent + max(0, digits.count - 40)
    while power > 0, mantissa.isFinite, mantissa != 0 {
      mantissa *= power >= 22 ? 1e22 : 10
      power -= power >= 22 ? 22 : 1
    }
    while power < 0, mantissa != 0 {
      mantissa /= power <= -22 ? 1e22 : 10
      power += power <= -22 ? 22 : 1
    }
    return mantissa
  }

  var plain: String {
    if isZero { return "0" }
    var text = magnitudeDigits.map { $0 + UInt8(ascii: "0") }
    let zero = UInt8(ascii: "0")
    if exponent >= 0 {
      text += [UInt8](repeating: zero, count: exponent)
    } else {
      let missing = -exponent - text.count + 1
      if missing > 0 { text = [UInt8](repeating: zero, count: missing) + text }
      text.insert(UInt8(ascii: "."), at: text.count + exponent)
    }
    return (isNegative ? "-" : "") + String(decoding: text, as: UTF8.self)
  }
}
