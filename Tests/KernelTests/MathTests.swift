import Kernel
import Testing

@Suite struct MathTests {
  /// The largest error in ulps that each function may have.
  static let bounds: [(name: String, error: Double)] = [
    ("log", 0.51), ("exp", 0.52), ("pow", 0.52), ("normalInverse", 0.6),
  ]

  @Test(arguments: bounds) func agreesWithAHighPrecisionReference(
    name: String, bound: Double
  ) throws {
    let references = try MathReference.all().filter { $0.name == name }
    #expect(references.count > 300)
    for reference in references {
      let got = reference.evaluate()
      // Where the result is subnormal it is rounded twice.
      let allowed = reference.result.isNormal ? bound : 0.76
      let error = reference.error(of: got)
      #expect(error <= allowed, "\(name)\(reference.arguments) = \(got), \(error) ulp off")
    }
  }

  @Test func logAtTheEdges() {
    #expect(Math.log(0) == -.infinity && Math.log(-0.0) == -.infinity)
    #expect(Math.log(.infinity) == .infinity)
    #expect(Math.log(-1).isNaN && Math.log(-.infinity).isNaN && Math.log(.nan).isNaN)
    #expect(Math.log(1) == 0 && Math.log(1).sign == .plus)
  }

  @Test func expAtTheEdges() {
    #expect(Math.exp(0) == 1 && Math.exp(-0.0) == 1)
    #expect(Math.exp(.infinity) == .infinity && Math.exp(-.infinity) == 0)
    #expect(Math.exp(.nan).isNaN)
    #expect(Math.exp(709.782712893384) == 1.7976931348622732e308)
    #expect(Math.exp(709.7827128933841) == .infinity && Math.exp(1e300) == .infinity)
    #expect(Math.exp(-745.1332191019411) == .leastNonzeroMagnitude && Math.exp(-745.14) == 0)
    #expect(Math.exp(-745.3) == 0 && Math.exp(.leastNonzeroMagnitude) == 1)
  }

  @Test func powAtTheEdges() {
    let inf = Double.infinity
    for x in [0, 1, -1, 2.5, -inf, inf, .nan] { #expect(Math.pow(x, 0) == 1) }
    for y in [0, -3, 0.5, -inf, inf, .nan] { #expect(Math.pow(1, y) == 1) }
    #expect(Math.pow(0, 3) == 0 && Math.pow(-0.0, 3).sign == .minus)
    #expect(Math.pow(0, -2) == inf && Math.pow(-0.0, -3) == -inf && Math.pow(-0.0, -2) == inf)
    #expect(Math.pow(-1, inf) == 1 && Math.pow(-1, -inf) == 1)
    #expect(Math.pow(0.5, inf) == 0 && Math.pow(0.5, -inf) == inf)
    #expect(Math.pow(-2, inf) == inf && Math.pow(-2, -inf) == 0)
    #expect(Math.pow(inf, 0.5) == inf && Math.pow(inf, -0.5) == 0)
    #expect(Math.pow(-inf, 3) == -inf && Math.pow(-inf, 2) == inf && Math.pow(-inf, -3) == 0)
    #expect(Math.pow(-8, 1.0 / 3).isNaN && Math.pow(.nan, 1).isNaN && Math.pow(2, .nan).isNaN)
    #expect(Math.pow(-2, 3) == -8 && Math.pow(-2, 4) == 16 && Math.pow(-1, 1e300) == 1)
    #expect(Math.pow(10, 400) == inf && Math.pow(10, -400) == 0 && Math.pow(-10, 401) == -inf)
    #expect(Math.pow(1e-300, 1e300) == 0 && Math.pow(1e300, 1e300) == inf)
  }

  @Test func powIsExactWhereTheResultIs() {
    for n in -1074...1023 {
      #expect(Math.pow(2, Double(n)) == Double(sign: .plus, exponent: n, significand: 1))
    }
    for n in 1...94 { #expect(Math.pow(Double(n), 2) == Double(n * n)) }
    for n in 1...22 { #expect(Math.pow(10, Double(n)) == Double("1e\(n)")) }
  }

  @Test func normalInverseAtTheEdges() {
    #expect(Math.normalInverse(0.5) == 0 && Math.normalInverse(0.5).sign == .plus)
    #expect(Math.normalInverse(0) == -.infinity && Math.normalInverse(1) == .infinity)
    #expect(Math.normalInverse(-0.1).isNaN && Math.normalInverse(1.1).isNaN)
    #expect(Math.normalInverse(.nan).isNaN)
  }

  @Test func normalInverseRisesAndIsOdd() {
    var last = -Double.infinity
    for i in 1..<4096 {
      let z = Math.normalInverse(Double(i) / 4096)
      #expect(z > last && z == -Math.normalInverse(1 - Double(i) / 4096))
      last = z
    }
  }
}
