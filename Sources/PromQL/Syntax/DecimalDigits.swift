/// The decimal digits of a finite number: 0.d1d2d3… × 10^point, without zeros at the end.
struct DecimalDigits: Equatable {
  var digits: [UInt8]
  var point: Int

  /// All digits of a number that is not negative; a binary fraction has finitely many.
  init(exactly value: Double) {
    let exponent = value == 0 ? 0 : Int(value.exponent) - 52
    let significand = value == 0 ? 0 : UInt64(value.significand * 0x1p52)
    var number = BigNumber(significand)
    // m × 2^-k is m × 5^k × 10^-k.
    for _ in 0..<exponent.magnitude { number.multiply(by: exponent < 0 ? 5 : 2) }
    digits = number.digits
    point = digits.count + min(exponent, 0)
    trim()
  }

  /// The fewest digits that stand for no other number.
  init(shortest value: Double) {
    digits = []
    point = 0
    var hasPoint = false
    let parts = value.description.split(separator: "e")
    for byte in parts[0].utf8 {
      if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else {
        digits.append(byte &- 0x30)
        if !hasPoint { point += 1 }
      }
    }
    if parts.count == 2 { point += Int(parts[1]) ?? 0 }
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    point = digits.isEmpty ? 0 : point - leading
  }

  /// Rounds to so many digits; a tie goes to the even one.
  mutating func round(to count: Int) {
    guard count >= 0, count < digits.count else {
      if count < 0 { self = DecimalDigits(exactly: 0) }
      return
    }
    let rest = digits[count...]
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    let isUp = rest.first.map { $0 > 5 || $0 == 5 && (rest.count > 1 || isOdd) } ?? false
    digits.removeSubrange(count...)
    if isUp {
      var index = count - 1
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits.insert(1, at: 0)
        point += 1
      }
    }
    trim()
  }
}

/// A whole number of any size.
private struct BigNumber {
  /// To the base 10^9, the lowest first.
  private var limbs: [UInt64]

  init(_ value: UInt64) {
    limbs = [
      value % 1_000_000_000, value / 1_000_000_000 % 1_000_000_000,
      value / 1_000_000_000_000_000_000,
    ]
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % 1_000_000_000
      carry = product / 1_000_000_000
    }
    if carry > 0 { limbs.append(carry) }
  }

  /// From the highest on, without zeros before it.
  var digits: [UInt8] {
    var result: [UInt8] = []
    for var limb in limbs {
      for _ in 0..<9 {
        result.append(UInt8(limb % 10))
        limb /= 10
      }
    }
    while result.last == 0 { result.removeLast() }
    return result.reversed()
  }
}
