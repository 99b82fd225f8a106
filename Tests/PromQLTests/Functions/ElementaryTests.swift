import Foundation
import Testing

@testable import PromQL

/// The elementary functions against values that were computed with 400 bits.
@Suite struct ElementaryTests {
  static let cases: [(name: String, x: Double, value: Double)] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/promql/elementary.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ").map(String.init)
      guard fields.count == 3, let x = Double(fields[1]), let value = Double(fields[2]) else {
        return nil
      }
      return (fields[0], x, value)
    }
  }()

  private func ours(_ name: String, _ x: Double) -> Double? {
    switch name {
    case "sin": sine(x)
    case "cos": cosine(x)
    case "tan": tangent(x)
    case "asin": arcSine(x)
    case "acos": arcCosine(x)
    case "atan": arcTangent(x)
    case "sinh": hyperbolicSine(x)
    case "cosh": hyperbolicCosine(x)
    case "tanh": hyperbolicTangent(x)
    case "asinh": inverseHyperbolicSine(x)
    case "acosh": inverseHyperbolicCosine(x)
    case "atanh": inverseHyperbolicTangent(x)
    case "log2": binaryLogarithm(x)
    case "log10": decimalLogarithm(x)
    default: nil
    }
  }

  @Test func valuesAreWithinSomeUnitsInTheLastPlace() throws {
    #expect(ElementaryTests.cases.count > 300)
    for (name, x, value) in ElementaryTests.cases {
      let found = try #require(ours(name, x))
      let units = found == value ? 0 : (found - value).magnitude / value.ulp.magnitude
      let isTrigonometric = ["sin", "cos", "tan", "atan"].contains(name)
      #expect(units <= (isTrigonometric ? 2 : 6), "\(name)(\(x)) = \(found), expected \(value)")
    }
  }

  @Test func specialValuesAreThoseOfC() {
    #expect(sine(.infinity).isNaN && cosine(.nan).isNaN && tangent(-.infinity).isNaN)
    #expect(arcTangent(.infinity) == .pi / 2 && arcSine(2).isNaN && arcCosine(-2).isNaN)
    #expect(arcTangent(0.0, -1) == .pi && arcTangent(-0.0, -1) == -.pi)
    #expect(arcTangent(1, -.infinity) == .pi && arcTangent(-.infinity, .infinity) == -.pi / 4)
    #expect(hyperbolicTangent(1000) == 1 && hyperbolicSine(-1000) == -.infinity)
    #expect(inverseHyperbolicTangent(1) == .infinity && inverseHyperbolicCosine(0.5).isNaN)
    #expect(binaryLogarithm(8) == 3 && binaryLogarithm(0) == -.infinity)
    #expect(decimalLogarithm(-1).isNaN && sine(-0.0).sign == .minus)
  }

  @Test func theHashIsThatOfTheSpecification() {
    #expect(xxHash64([]) == 0xEF46_DB37_51D8_E999)
    #expect(xxHash64(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
    #expect(xxHash64(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    let long = Array("Nobody inspects the spammish repetition".utf8)
    #expect(xxHash64(long) == 0xFBCE_A83C_8A37_8BF1)
  }
}
