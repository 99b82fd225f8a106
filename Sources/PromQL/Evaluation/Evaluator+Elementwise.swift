import Kernel

extension Evaluator {
  /// Functions that change each value by itself and drop the metric's name.
  mutating func elementwise(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    var result = try vector(of: call.arguments[0], on: grid)
    var parameters: [[Double]] = []
    for argument in call.arguments.dropFirst() {
      parameters.append(try scalar(of: argument, on: grid))
    }
    switch call.function {
    case .clamp: clamp(&result, from: parameters[0], through: parameters[1])
    case .clampMin:
      clamp(&result, from: parameters[0], through: Array(repeating: .infinity, count: grid.count))
    case .clampMax:
      clamp(&result, from: Array(repeating: -.infinity, count: grid.count), through: parameters[0])
    case .round:
      let nearest = parameters.first ?? Array(repeating: 1, count: grid.count)
      for row in result.rows.indices {
        for step in 0..<grid.count {
          let at = row * grid.count + step
          let inverse = 1 / nearest[step]
          result.values[at] = (result.values[at] * inverse + 0.5).rounded(.down) / inverse
        }
      }
    default: apply(call.function, to: &result)
    }
    try dropNames(&result)
    return result
  }

  /// Nothing stays at steps where the lower bound is over the upper one.
  private func clamp(_ vector: inout Vector, from low: [Double], through high: [Double]) {
    for row in vector.rows.indices {
      for step in 0..<vector.steps {
        let at = row * vector.steps + step
        if high[step] < low[step] { vector.present[at] = false }
        vector.values[at] = maximum(low[step], minimum(high[step], vector.values[at]))
      }
    }
  }

  private func apply(_ function: Function, to vector: inout Vector) {
    switch function {
    case .abs: vector.mapValues { $0.magnitude }
    case .ceil: vector.mapValues { $0.rounded(.up) }
    case .floor: vector.mapValues { $0.rounded(.down) }
    case .sqrt: vector.mapValues { $0.squareRoot() }
    case .exp: vector.mapValues { Math.exp($0) }
    case .ln: vector.mapValues { Math.log($0) }
    case .log2: vector.mapValues { binaryLogarithm($0) }
    case .log10: vector.mapValues { decimalLogarithm($0) }
    case .sgn: vector.mapValues { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    case .deg: vector.mapValues { $0 * 180 / .pi }
    case .rad: vector.mapValues { $0 * .pi / 180 }
    case .sin: vector.mapValues { sine($0) }
    case .cos: vector.mapValues { cosine($0) }
    case .tan: vector.mapValues { tangent($0) }
    case .asin: vector.mapValues { arcSine($0) }
    case .acos: vector.mapValues { arcCosine($0) }
    case .atan: vector.mapValues { arcTangent($0) }
    case .sinh: vector.mapValues { hyperbolicSine($0) }
    case .cosh: vector.mapValues { hyperbolicCosine($0) }
    case .tanh: vector.mapValues { hyperbolicTangent($0) }
    case .asinh: vector.mapValues { inverseHyperbolicSine($0) }
    case .acosh: vector.mapValues { inverseHyperbolicCosine($0) }
    case .atanh: vector.mapValues { inverseHyperbolicTangent($0) }
    default: preconditionFailure("\(function.name) is not applied value by value")
    }
  }
}
