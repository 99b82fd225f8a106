extension Evaluator {
  /// `topk`, `bottomk`, `limitk` and `limit_ratio`: some elements of each group, with their labels.
  ///
  /// - Parameter parameter: how many, or which part, at each step.
  func checkedSelection(
    _ operation: Aggregation.Operation, _ parameter: [Double]
  ) throws(QueryError) -> Bool {
    let numbers = parameter.filter { !$0.isNaN }
    let most = numbers.max() ?? 0
    let least = numbers.min() ?? 0
    let hasNaN = numbers.count < parameter.count
    if operation == .limitRatio {
      if hasNaN { throw QueryError(.evaluation, "Ratio value is NaN") }
      return most != 0 || least != 0
    }
    if hasNaN { throw QueryError(.evaluation, "Parameter value is NaN") }
    if most < 1 { return false }
    if least <= -0x1p63 {
      throw QueryError(.evaluation, "Scalar value \(shortText(least)) underflows int64")
    }
    if most >= 0x1p63 {
      throw QueryError(.evaluation, "Scalar value \(shortText(most)) overflows int64")
    }
    return true
  }

  mutating func selection(
    _ node: Aggregation, _ parameter: [Double], of input: Vector, _ groups: Groups,
    on grid: StepGrid
  ) throws(QueryError) -> Vector {
    guard try checkedSelection(node.operation, parameter), grid.count > 0 else {
      return try emptyVector(on: grid, capacity: 0)
    }
    if node.operation == .limitRatio {
      warnOfRatios(parameter, node)
      return ratioSelection(parameter, of: input)
    }
    var result = input
    for at in result.present.indices { result.present[at] = false }
    var order: [Int] = []
    for members in groups.members {
      for step in 0..<grid.count {
        let count = Int(max(0, min(parameter[step], Double(members.count))))
        let chosen = self.chosen(count, of: members, in: input, at: step, node.operation)
        for row in chosen { result.present[row * grid.count + step] = true }
        if grid.count == 1 { order += chosen }
      }
    }
    return grid.count == 1 ? result.reordered(order) : result.withoutEmptyRows()
  }

  /// The rows that are kept at a step, in the order in which an instant query shows them.
  private func chosen(
    _ count: Int, of members: [Int], in input: Vector, at step: Int,
    _ operation: Aggregation.Operation
  ) -> [Int] {
    if count < 1 { return [] }
    let steps = input.steps
    var there = members.filter { input.present[$0 * steps + step] }
    if operation != .limitk {
      let isTop = operation == .topk
      there.sort { a, b in
        let left = input.values[a * steps + step]
        let right = input.values[b * steps + step]
        if left.isNaN || right.isNaN { return left.isNaN == right.isNaN ? a < b : right.isNaN }
        if left == right { return a < b }
        return isTop ? left > right : left < right
      }
    }
    return Array(there.prefix(count))
  }

  private mutating func warnOfRatios(_ parameter: [Double], _ node: Aggregation) {
    let range = node.parameter?.unwrapped.range ?? node.range
    if let most = parameter.max(), most > 1 {
      annotations.add(.invalidRatio(most, cappedTo: 1, range))
    }
    if let least = parameter.min(), least < -1 {
      annotations.add(.invalidRatio(least, cappedTo: -1, range))
    }
  }

  /// A series is in or out by its labels alone, so that a ratio and its complement share nothing.
  private func ratioSelection(_ parameter: [Double], of input: Vector) -> Vector {
    var result = input
    for (row, each) in input.rows.enumerated() {
      let offset = Double(labelHash(each.labels)) / Double(UInt64.max)
      for step in 0..<input.steps {
        let ratio = max(-1, min(1, parameter[step]))
        let isIn = ratio >= 0 ? offset < ratio : offset >= 1 + ratio
        if !isIn { result.present[row * input.steps + step] = false }
      }
    }
    return result.withoutEmptyRows()
  }
}

// MARK: the hash of labels

/// The hash by which `limit_ratio` chooses: XXH64 of each name and value with its length in front,
/// as Prometheus keeps labels in memory.
func labelHash(_ labels: Labels) -> UInt64 { xxHash64(labels.bytes) }

/// XXH64 with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
func xxHash64(_ bytes: [UInt8]) -> UInt64 {
  let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
  func rotated(_ x: UInt64, _ by: UInt64) -> UInt64 { x &<< by | x &>> (64 - by) }
  func word(_ at: Int, _ count: Int) -> UInt64 {
    var value: UInt64 = 0
    for place in (0..<count).reversed() { value = value &<< 8 | UInt64(bytes[at + place]) }
    return value
  }
  func round(_ accumulator: UInt64, _ lane: UInt64) -> UInt64 {
    rotated(accumulator &+ lane &* prime2, 31) &* prime1
  }
  var at = 0
  var hash: UInt64
  if bytes.count >= 32 {
    var lanes = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
    while at + 32 <= bytes.count {
      for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(at + lane * 8, 8)) }
      at += 32
    }
    hash =
      rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12)
      &+ rotated(lanes[3], 18)
    for lane in lanes { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
  } else {
    hash = prime5
  }
  hash = hash &+ UInt64(bytes.count)
  while at + 8 <= bytes.count {
    hash = rotated(hash ^ round(0, word(at, 8)), 27) &* prime1 &+ prime4
    at += 8
  }
  if at + 4 <= bytes.count {
    hash = rotated(hash ^ word(at, 4) &* prime1, 23) &* prime2 &+ prime3
    at += 4
  }
  while at < bytes.count {
    hash = rotated(hash ^ UInt64(bytes[at]) &* prime5, 11) &* prime1
    at += 1
  }
  hash = (hash ^ hash &>> 33) &* prime2
  hash = (hash ^ hash &>> 29) &* prime3
  return hash ^ hash &>> 32
}
