import Foundation
import Kernel

/// One line of Tests/Reference/kernel_math.txt: arguments, and the result to a thousandth of an ulp.
struct MathReference {
  var name: String
  var arguments: [Double]
  /// Rounded to nearest.
  var result: Double
  /// The exact result less the rounded one, in ulps.
  var rest: Double

  static func all() throws -> [MathReference] {
    let here = URL(fileURLWithPath: #filePath)
    let file = here.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Reference/kernel_math.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let numbers = words[1..<words.count - 1].compactMap { UInt64($0, radix: 16) }
        .map(Double.init(bitPattern:))
      return MathReference(
        name: String(words[0]), arguments: Array(numbers.dropLast()), result: numbers.last ?? .nan,
        rest: (Double(words[words.count - 1]) ?? .nan) / 1000)
    }
  }

  func evaluate() -> Double {
    switch name {
    case "log": Math.log(arguments[0])
    case "exp": Math.exp(arguments[0])
    case "pow": Math.pow(arguments[0], arguments[1])
    case "normalInverse": Math.normalInverse(arguments[0])
    default: .nan
    }
  }

  /// Distance of `got` from the exact result in ulps; infinite for a wrong sign or no number.
  func error(of got: Double) -> Double {
    guard got.sign == result.sign, got.isFinite else { return .infinity }
    let steps = Int64(bitPattern: got.magnitude.bitPattern &- result.magnitude.bitPattern)
    let sign: Double = result < 0 ? -1 : 1
    return (Double(steps) * sign - rest).magnitude
  }
}
