import Kernel

extension Evaluator {
  mutating func value(of node: BinaryOperation, on grid: StepGrid) throws(QueryError) -> Value {
    let left = try value(of: node.left, on: grid)
    let right = try value(of: node.right, on: grid)
    switch (left, right) {
    case (.scalar(let a), .scalar(let b)):
      var result = a
      for at in result.indices { result[at] = node.operation.number(a[at], b[at]) }
      return .scalar(result)
    case (.vector(let a), .scalar(let b)):
      return .vector(try combined(node, a, with: b, isSwapped: false))
    case (.scalar(let a), .vector(let b)):
      return .vector(try combined(node, b, with: a, isSwapped: true))
    case (.vector(let a), .vector(let b)):
      if node.operation.isSetOperation { return .vector(try setOperation(node, a, b)) }
      return .vector(try matched(node, a, b))
    default: preconditionFailure("\(node) has operands whose types were checked")
    }
  }

  /// A vector with a number at each step.
  private mutating func combined(
    _ node: BinaryOperation, _ vector: Vector, with numbers: [Double], isSwapped: Bool
  ) throws(QueryError) -> Vector {
    let operation = node.operation
    if operation == .trimLower || operation == .trimUpper {
      if !vector.isEmpty { remarkTrimming(node) }
      return Vector(steps: vector.steps)
    }
    var result = vector
    let steps = vector.steps
    for row in vector.rows.indices {
      for step in 0..<steps where vector.present[row * steps &+ step] {
        let at = row * steps &+ step
        let value = vector.values[at]
        let a = isSwapped ? numbers[step] : value
        let b = isSwapped ? value : numbers[step]
        if !operation.isComparison {
          result.values[at] = operation.number(a, b)
        } else if node.returnsBool {
          result.values[at] = operation.holds(a, b) ? 1 : 0
        } else if !operation.holds(a, b) {
          result.present[at] = false
        }
      }
    }
    if operation.isComparison, !node.returnsBool { return result.withoutEmptyRows() }
    try dropNames(&result)
    return result
  }

  mutating func remarkTrimming(_ node: BinaryOperation) {
    annotations.add(
      .incompatibleTypes(node.operation.rawValue, node.left.range.through(node.right.range)))
  }

  // MARK: and, or, unless

  private func setOperation(
    _ node: BinaryOperation, _ left: Vector, _ right: Vector
  ) throws(QueryError) -> Vector {
    var signatures = LabelNumbers(node.matching.signature)
    let leftIDs = left.rows.map { signatures.number(of: $0.labels) }
    let rightIDs = right.rows.map { signatures.number(of: $0.labels) }
    let steps = left.steps
    /// Whether a signature has an element at a step.
    func presence(_ vector: Vector, _ ids: [Int]) -> [Bool] {
      var result = Array(repeating: false, count: signatures.count * steps)
      for (row, id) in ids.enumerated() {
        for step in 0..<steps where vector.present[row * steps + step] {
          result[id * steps + step] = true
        }
      }
      return result
    }
    if node.operation == .or {
      let isThere = presence(left, leftIDs)
      var result = left
      for (row, id) in rightIDs.enumerated() {
        let base = result.addRow(right.rows[row])
        for step in 0..<steps where right.present[row * steps + step] {
          if isThere[id * steps + step] { continue }
          result.present[base + step] = true
          result.values[base + step] = right.values[row * steps + step]
        }
        result.dropLastRowIfEmpty()
      }
      if steps > 1 || !options.delaysNameRemoval { try result.mergeEqualRows() }
      return result
    }
    let isThere = presence(right, rightIDs)
    var result = left
    for (row, id) in leftIDs.enumerated() {
      for step in 0..<steps where isThere[id * steps + step] != (node.operation == .and) {
        result.present[row * steps + step] = false
      }
    }
    return result.withoutEmptyRows()
  }
}

extension BinaryOperation.Matching {
  /// The labels that have to be equal on both sides.
  var signature: LabelSelection {
    isOn ? LabelSelection(those: labels) : LabelSelection(allBut: labels)
  }
}

extension BinaryOperation.Operation {
  /// The result between two numbers; comparisons give 1 or 0.
  @inline(__always)
  func number(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .modulo: a.truncatingRemainder(dividingBy: b)
    case .power: Math.pow(a, b)
    case .atan2: arcTangent(a, b)
    default: holds(a, b) ? 1 : 0
    }
  }

  @inline(__always)
  func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .greater: a > b
    case .less: a < b
    case .greaterOrEqual: a >= b
    case .lessOrEqual: a <= b
    default: preconditionFailure("\(self) is no comparison")
    }
  }
}
