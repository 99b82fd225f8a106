extension Evaluator {
  mutating func labelReplaced(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let target = string(call.arguments[1])
    let replacement = string(call.arguments[2]).value
    let origin = string(call.arguments[3]).value
    let source = string(call.arguments[4]).value
    let pattern: LabelPattern
    do {
      pattern = try LabelPattern(source)
    } catch {
      throw QueryError(
        .evaluation, "invalid regular expression in label_replace(): \(source)",
        at: call.arguments[4].range)
    }
    try checkLabelName(target, "destination", call)
    var result = try vector(of: call.arguments[0], on: grid)
    for (at, row) in result.rows.enumerated() {
      guard let groups = pattern.groups(in: row.labels[origin]) else { continue }
      let value = pattern.expand(replacement, groups: groups)
      result.setLabels(at, row.labels.setting(target.value, to: value))
      if target.value == Labels.metricName { result.setDropsName(at, false) }
    }
    try result.mergeEqualRows()
    return result
  }

  mutating func labelJoined(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let target = string(call.arguments[1])
    let separator = string(call.arguments[2]).value
    let origins = call.arguments.dropFirst(3).map { string($0) }
    for origin in origins { try checkLabelName(origin, "source", call) }
    try checkLabelName(target, "destination", call)
    var result = try vector(of: call.arguments[0], on: grid)
    for (at, row) in result.rows.enumerated() {
      let value = origins.map { row.labels[$0.value] }.joined(separator: separator)
      result.setLabels(at, row.labels.setting(target.value, to: value))
      if target.value == Labels.metricName { result.setDropsName(at, false) }
    }
    try result.mergeEqualRows()
    return result
  }

  private func checkLabelName(
    _ name: StringLiteral, _ role: String, _ call: Call
  ) throws(QueryError) {
    if !name.isWellFormed || name.bytes.isEmpty {
      throw QueryError(
        .evaluation, "invalid \(role) label name in \(call.function.name)(): \(name.value)",
        at: name.range)
    }
  }
}
