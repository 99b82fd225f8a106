extension Expression: CustomStringConvertible {
  /// PromQL that reads back as the same expression.
  public var description: String {
    switch self {
    case .number(let node): node.description
    case .string(let node): quoted(bytes: node.bytes)
    case .selector(let node): node.text(with: "") + node.modifiers.text
    case .range(let node):
      "\(node.selector.text(with: node.selector.modifiers.boundariesText))"
        + "[\(node.duration.text)]\(node.selector.modifiers.timeText)"
    case .subquery(let node):
      "\(node.inner)[\(node.duration.text):\(node.step?.text ?? "")]\(node.modifiers.text)"
    case .call(let node):
      "\(node.function.name)(\(node.arguments.map(\.description).joined(separator: ", ")))"
    case .aggregation(let node): node.description
    case .binary(let node): node.description
    case .unary(let node): (node.isNegation ? "-" : "+") + node.operand.description
    case .parentheses(let node): "(\(node.inner))"
    }
  }
}

extension NumberLiteral: CustomStringConvertible {
  public var description: String {
    if isDuration, value.magnitude < 9e9 {
      let milliseconds = Int64((value.magnitude * 1000).rounded())
      return (value < 0 ? "-" : "") + durationText(milliseconds)
    }
    return shortText(value)
  }
}

extension VectorSelector {
  /// - Parameter suffix: what stands directly after the braces.
  fileprivate func text(with suffix: String) -> String {
    let shown = matchers.filter {
      name.isEmpty || $0.name != Labels.metricName || $0.value != name || $0.operation != .equal
    }
    let list = shown.map(\.description).joined(separator: ",")
    if shown.isEmpty, !name.isEmpty { return name + suffix }
    return "\(name){\(list)}\(suffix)"
  }
}

extension TimeModifiers {
  fileprivate var boundariesText: String { boundaries == .sampled ? "" : " \(boundaries.rawValue)" }

  fileprivate var text: String { boundariesText + timeText }

  fileprivate var timeText: String {
    let pin =
      switch at {
      case .none: ""
      case .time(let milliseconds): " @ \(secondsText(milliseconds))"
      case .start: " @ start()"
      case .end: " @ end()"
      }
    return pin + (offset.map { " offset \($0.offsetText)" } ?? "")
  }

  private func secondsText(_ milliseconds: Int64) -> String {
    let rest = String(milliseconds.magnitude % 1000)
    let fraction = String(repeating: "0", count: 3 - rest.count) + rest
    return "\(milliseconds < 0 ? "-" : "")\(milliseconds.magnitude / 1000).\(fraction)"
  }
}

extension DurationExpression {
  var text: String {
    switch self {
    case .number(let literal): literal.description
    case .step: "step()"
    case .queryRange: "range()"
    case .negated(let inner): "-\(inner.text)"
    case .least(let a, let b): "min_of(\(a.text), \(b.text))"
    case .greatest(let a, let b): "max_of(\(a.text), \(b.text))"
    case .binary(let operation, let a, let b): "\(a.text) \(operation.rawValue) \(b.text)"
    case .parentheses(let inner): "(\(inner.text))"
    }
  }

  /// As it may stand after `offset`, where only one operand is read.
  fileprivate var offsetText: String {
    if case .binary = self { return "(\(text))" }
    return text
  }
}

extension Aggregation: CustomStringConvertible {
  public var description: String {
    let labels = grouping.map(quotedUnlessLabelName).joined(separator: ", ")
    let clause = isWithout ? " without (\(labels)) " : grouping.isEmpty ? "" : " by (\(labels)) "
    let first = parameter.map { "\($0), " } ?? ""
    return "\(operation.rawValue)\(clause)(\(first)\(operand))"
  }
}

extension BinaryOperation: CustomStringConvertible {
  public var description: String {
    "\(left) \(operation.rawValue)\(returnsBool ? " bool" : "")\(matching.text) \(right)"
  }
}

extension BinaryOperation.Matching {
  fileprivate var text: String {
    var text = ""
    if isOn || !labels.isEmpty || cardinality != .oneToOne {
      text += " \(isOn ? "on" : "ignoring") (\(list(labels)))"
    }
    switch cardinality {
    case .oneToOne: break
    case .manyToOne: text += " group_left (\(list(included)))"
    case .oneToMany: text += " group_right (\(list(included)))"
    }
    if let fillLeft, let fillRight, fillLeft.bitPattern == fillRight.bitPattern {
      return text + " fill (\(shortText(fillLeft)))"
    }
    if let fillLeft { text += " fill_left (\(shortText(fillLeft)))" }
    if let fillRight { text += " fill_right (\(shortText(fillRight)))" }
    return text
  }

  private func list(_ names: [String]) -> String {
    names.map(quotedUnlessLabelName).joined(separator: ", ")
  }
}
