extension Evaluator {
  /// An operation between the series of two vectors that match.
  mutating func matched(
    _ node: BinaryOperation, _ left: Vector, _ right: Vector
  ) throws(QueryError) -> Vector {
    if node.operation == .trimLower || node.operation == .trimUpper {
      if !left.isEmpty, !right.isEmpty { remarkTrimming(node) }
      return Vector(steps: left.steps)
    }
    var match = VectorMatch(node, left, right)
    try match.run()
    var result = match.result.withoutEmptyRows()
    if node.returnsBool, !options.delaysNameRemoval {
      try result.dropMetadata()
    }
    return result
  }
}

/// The work of one operation between vectors.
///
/// What is said of the "many" and the "one" side holds for both sides of one-to-one matches, where the
/// left side is looked up in the right one.
private struct VectorMatch {
  private let node: BinaryOperation
  private let matching: BinaryOperation.Matching
  private let signature: LabelSelection
  /// Those of `matching`.
  private let names: LabelNames
  private let steps: Int
  private let many: Vector
  private let one: Vector
  private let manyIDs: [Int]
  private let oneIDs: [Int]
  private let signatureCount: Int
  /// The "many" side is on the right.
  private let isSwapped: Bool
  private let fillMany: Double?
  private let fillOne: Double?
  /// The row of the "one" side that a signature has at a step; -1 for none.
  private var owners: [Int32]
  /// Whether an element was matched, by signature and step.
  private var isMatched: [Bool]
  /// Whether a row of the result has a match at a step, even if it was filtered out.
  private var isTaken: [Bool] = []
  private var places: [Labels: Int] = [:]
  private(set) var result: Vector

  init(_ node: BinaryOperation, _ left: Vector, _ right: Vector) {
    self.node = node
    matching = node.matching
    steps = left.steps
    isSwapped = matching.cardinality == .oneToMany
    many = isSwapped ? right : left
    one = isSwapped ? left : right
    fillMany = isSwapped ? matching.fillRight : matching.fillLeft
    fillOne = isSwapped ? matching.fillLeft : matching.fillRight
    signature = matching.signature
    names = LabelNames(matching.labels)
    var signatures = LabelNumbers(signature)
    manyIDs = many.rows.map { signatures.number(of: $0.labels) }
    oneIDs = one.rows.map { signatures.number(of: $0.labels) }
    signatureCount = signatures.count
    owners = Array(repeating: -1, count: signatures.count * steps)
    isMatched = Array(repeating: false, count: signatures.count * steps)
    result = Vector(steps: steps)
  }

  mutating func run() throws(QueryError) {
    try findOwners()
    var partners: [[Int]] = Array(repeating: [], count: signatureCount)
    for (row, id) in oneIDs.enumerated() { partners[id].append(row) }
    for row in many.rows.indices {
      for partner in partners[manyIDs[row]] { try combine(row, partner) }
      if fillOne != nil { try combine(row, nil) }
    }
    if fillMany != nil {
      for row in one.rows.indices { try fill(row) }
    }
  }

  /// - Throws: `QueryError` when a signature has two elements on the "one" side at a step.
  private mutating func findOwners() throws(QueryError) {
    // Where the other side is empty nothing matches, and duplicates are no error.
    var isAwaited = Array(repeating: fillMany != nil || fillOne != nil, count: steps)
    for row in many.rows.indices {
      for step in 0..<steps where many.present[row * steps + step] { isAwaited[step] = true }
    }
    for (row, id) in oneIDs.enumerated() {
      for step in 0..<steps where one.present[row * steps &+ step] {
        let at = id * steps &+ step
        if owners[at] >= 0, isAwaited[step] {
          throw duplicate(row, Int(owners[at]))
        }
        owners[at] = Int32(row)
      }
    }
  }

  private func duplicate(_ row: Int, _ other: Int) -> QueryError {
    let group = signature(one.rows[row].labels)
    return QueryError(
      .evaluation,
      "found duplicate series for the match group \(group) on the "
        + "\(isSwapped ? "left" : "right") hand-side of the operation: [\(one.rows[row].labels), "
        + "\(one.rows[other].labels)];many-to-many matching not allowed: matching labels must be "
        + "unique on one side")
  }

  /// One pair of rows at all steps; without a partner, where the filled value stands in.
  private mutating func combine(_ row: Int, _ partner: Int?) throws(QueryError) {
    let id = manyIDs[row]
    let from = row * steps
    let owner = Int32(partner ?? -1)
    var base: Int?
    for step in 0..<steps where many.present[from &+ step] && owners[id * steps &+ step] == owner {
      if base == nil { base = target(many.rows[row], partner.map { one.rows[$0].labels }) }
      guard let at = base else { break }
      let other = partner.map { one.values[$0 * steps &+ step] } ?? fillOne ?? .nan
      try add(many.values[from &+ step], other, signature: id, step, base: at)
    }
  }

  /// An element of the "one" side that nothing matched, where the filled value stands in.
  private mutating func fill(_ row: Int) throws(QueryError) {
    let id = oneIDs[row]
    var base: Int?
    for step in 0..<steps
    where one.present[row * steps + step] && !isMatched[id * steps + step] {
      if base == nil {
        let labels = one.rows[row].labels
        base = target(Vector.Row(labels: signature(labels)), labels)
      }
      guard let at = base else { break }
      try add(fillMany ?? .nan, one.values[row * steps + step], signature: id, step, base: at)
    }
  }

  private mutating func add(
    _ many: Double, _ one: Double, signature id: Int, _ step: Int, base: Int
  ) throws(QueryError) {
    let at = id * steps &+ step
    if matching.cardinality == .oneToOne, isMatched[at] {
      throw QueryError(
        .evaluation,
        "multiple matches for labels: many-to-one matching must be explicit "
          + "(group_left/group_right)")
    }
    if isTaken[base &+ step] {
      throw QueryError(
        .evaluation,
        isMatched[at]
          ? "multiple matches for labels: grouping labels must ensure unique matches"
          : "vector cannot contain metrics with the same labelset")
    }
    isMatched[at] = true
    isTaken[base &+ step] = true
    let a = isSwapped ? one : many
    let b = isSwapped ? many : one
    let operation = node.operation
    if !operation.isComparison {
      result.values[base &+ step] = operation.number(a, b)
    } else if node.returnsBool {
      result.values[base &+ step] = operation.holds(a, b) ? 1 : 0
    } else if operation.holds(a, b) {
      result.values[base &+ step] = a
    } else {
      return
    }
    result.present[base &+ step] = true
  }

  /// Where the points of a pair go: pairs whose result has the same labels share a row.
  private mutating func target(_ row: Vector.Row, _ partner: Labels?) -> Int {
    let other = partner ?? signature(row.labels)
    var labels = row.labels
    if node.operation.changesQuantity { labels = labels.withoutMetadata }
    if matching.cardinality == .oneToOne {
      labels = matching.isOn ? labels.keeping(names) : labels.removing(names)
    }
    for name in matching.included { labels = labels.setting(name, to: other[name]) }
    if let place = places[labels] { return place * steps }
    let dropsName = node.returnsBool || row.dropsName && !node.operation.changesQuantity
    places[labels] = result.rows.count
    isTaken.append(contentsOf: repeatElement(false, count: steps))
    return result.addRow(Vector.Row(labels: labels, dropsName: dropsName))
  }
}
