import ClusterAPI
import PromQL

/// Computes a condition for one result.
struct ConditionRun {
  /// Predicates inside each other end here.
  private static let maximumSteps = 1_000_000

  private let result: ConditionValue
  /// Of the lists whose predicates are being asked.
  private var elements: [ConditionValue] = []
  private var steps = 0

  init(_ result: MeasuredResult) { self.result = ConditionValue(result) }

  mutating func value(of node: ConditionNode) throws(ConditionError) -> ConditionValue {
    steps += 1
    guard steps <= ConditionRun.maximumSteps else {
      throw ConditionError("the condition takes more than a million steps", at: node.offset)
    }
    switch node.content {
    case .result: return result
    case .element: return elements.last ?? .absent
    case .constant(let value): return value
    case .list(let nodes):
      var values: [ConditionValue] = []
      for node in nodes { values.append(try value(of: node)) }
      return .list(values)
    case .minus(let inner):
      switch try value(of: inner) {
      case .integer(let value): return .integer(0 &- value)
      case .number(let value): return .number(-value)
      case let other: throw failure(node, "a sign cannot take \(other.kind)")
      }
    case .plus(let inner): return try value(of: inner)
    case .not(let inner): return .boolean(try !truth(of: inner))
    case .both(let left, let right):
      return try truth(of: left) ? .boolean(try truth(of: right)) : .boolean(false)
    case .either(let left, let right):
      return try truth(of: left) ? .boolean(true) : .boolean(try truth(of: right))
    case .fallback(let left, let right):
      let first = try value(of: left)
      if case .absent = first { return try value(of: right) }
      return first
    case .order(let orders, let operands): return try order(node, orders, operands)
    case .equal(let left, let right):
      let (a, b) = (try value(of: left), try value(of: right))
      return .boolean(a.isEqual(to: b))
    case .unequal(let left, let right):
      let (a, b) = (try value(of: left), try value(of: right))
      return .boolean(!a.isEqual(to: b))
    case .membership(let left, let right):
      let wanted = try value(of: left)
      switch try value(of: right) {
      case .absent: return .boolean(false)
      case .list(let values): return .boolean(values.contains { $0.isEqual(to: wanted) })
      case let other: throw failure(node, "`in` wants a list, and this is \(other.kind)")
      }
    case .textual(let operation, let left, let right):
      let (a, b) = (try value(of: left), try value(of: right))
      return .boolean(try textual(node, operation, a, b))
    case .arithmetic(let operation, let left, let right):
      let (a, b) = (try value(of: left), try value(of: right))
      guard let value = operation.value(a, b) else {
        if case .integer(0) = b, operation == .remainder, case .integer = a {
          throw failure(node, "a remainder of zero")
        }
        throw failure(node, "`\(operation.rawValue)` cannot take \(a.kind) and \(b.kind)")
      }
      return value
    case .choice(let condition, let then, let otherwise):
      guard try truth(of: condition) else { return try value(of: otherwise) }
      guard let then else { return .boolean(true) }
      return try value(of: then)
    case .index(let base, let index):
      let list = try value(of: base)
      return try element(node, list, try whole(index))
    case .slice(let base, let from, let to): return try slice(node, base, from, to)
    case .call(let function, let arguments):
      var values: [ConditionValue] = []
      for argument in arguments { values.append(try value(of: argument)) }
      return try ConditionCall(function: function, node: node, result: result).value(values)
    case .each(let iteration, let list, let predicate):
      return try each(node, iteration, list, predicate)
    }
  }

  private func failure(_ node: ConditionNode, _ message: String) -> ConditionError {
    ConditionError(message, at: node.offset)
  }

  private mutating func truth(of node: ConditionNode) throws(ConditionError) -> Bool {
    let value = try value(of: node)
    guard case .boolean(let truth) = value else {
      throw failure(node, "true or false is wanted, and this is \(value.kind)")
    }
    return truth
  }

  private mutating func order(
    _ node: ConditionNode, _ orders: [ConditionOrder], _ operands: [ConditionNode]
  ) throws(ConditionError) -> ConditionValue {
    var last = try value(of: operands[0])
    for (order, operand) in zip(orders, operands.dropFirst()) {
      let next = try value(of: operand)
      guard let holds = last.holds(order, next) else {
        let isList = [last, next].contains { if case .list = $0 { true } else { false } }
        throw failure(
          node,
          "`\(order.rawValue)` cannot take \(last.kind) and \(next.kind)"
            + (isList ? ": write such as `result[0]`" : ""))
      }
      if !holds { return .boolean(false) }
      last = next
    }
    return .boolean(true)
  }

  private func textual(
    _ node: ConditionNode, _ operation: ConditionTextual, _ a: ConditionValue, _ b: ConditionValue
  ) throws(ConditionError) -> Bool {
    guard case .text(let text) = a, case .text(let part) = b else {
      throw failure(
        node, "`\(operation.rawValue)` wants texts, and these are \(a.kind) and \(b.kind)")
    }
    let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
    switch operation {
    case .startsWith: return bytes.starts(with: wanted)
    case .endsWith: return bytes.suffix(wanted.count).elementsEqual(wanted)
    case .contains:
      return wanted.isEmpty || bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    case .matches:
      do throws(PatternError) {
        return try SearchPattern(part).isFound(in: text)
      } catch {
        throw failure(node, error.description)
      }
    }
  }

  /// A floating-point number of a type that was not known before loses its fraction.
  private mutating func whole(_ node: ConditionNode) throws(ConditionError) -> Int {
    switch try value(of: node) {
    case .integer(let value): return Int(value)
    case .number(let value): return Int(ConditionCall.integer(value))
    case let other: throw failure(node, "an index is a whole number, and this is \(other.kind)")
    }
  }

  private func element(
    _ node: ConditionNode, _ base: ConditionValue, _ index: Int
  ) throws(ConditionError) -> ConditionValue {
    guard case .list(let values) = base else {
      throw failure(node, "\(base.kind) has no elements")
    }
    let place = index < 0 ? values.count + index : index
    guard values.indices.contains(place) else {
      let what = values.isEmpty ? "the list is empty" : "the list has \(values.count)"
      throw failure(node, "there is no element \(index): \(what)")
    }
    return values[place]
  }

  private mutating func slice(
    _ node: ConditionNode, _ base: ConditionNode, _ from: ConditionNode?, _ to: ConditionNode?
  ) throws(ConditionError) -> ConditionValue {
    let list = try value(of: base)
    guard case .list(let values) = list else {
      throw failure(node, "\(list.kind) has no parts")
    }
    var (first, last) = (0, values.count)
    if let to { last = bounded(try whole(to), values.count) }
    if let from { first = bounded(try whole(from), values.count) }
    return .list(Array(values[min(first, last)..<last]))
  }

  /// Counted from the end where it is negative.
  private func bounded(_ index: Int, _ count: Int) -> Int {
    index < 0 ? max(0, index + count) : min(index, count)
  }
}

// MARK: Functions that ask a predicate

extension ConditionRun {
  private mutating func each(
    _ node: ConditionNode, _ iteration: ConditionIteration, _ list: ConditionNode,
    _ predicate: ConditionNode?
  ) throws(ConditionError) -> ConditionValue {
    let collection = try value(of: list)
    guard case .list(let values) = collection else {
      throw failure(list, "\(iteration.rawValue) wants a list, and this is \(collection.kind)")
    }
    var kept: [ConditionValue] = []
    var sum = ConditionValue.integer(0)
    for element in values {
      elements.append(element)
      defer { elements.removeLast() }
      let asked = predicate ?? ConditionNode(content: .element, offset: list.offset, depth: 1)
      switch iteration {
      case .map: kept.append(try value(of: asked))
      case .sum:
        let part = try value(of: asked)
        guard let total = ConditionArithmetic.add.value(sum, part) else {
          throw failure(asked, "sum wants numbers, and this is \(part.kind)")
        }
        sum = total
      case .all: if try !truth(of: asked) { return .boolean(false) }
      case .any: if try truth(of: asked) { return .boolean(true) }
      case .none: if try truth(of: asked) { return .boolean(false) }
      case .one, .filter, .count: if try truth(of: asked) { kept.append(element) }
      }
    }
    switch iteration {
    case .all, .none: return .boolean(true)
    case .any: return .boolean(false)
    case .one: return .boolean(kept.count == 1)
    case .filter, .map: return .list(kept)
    case .count: return .integer(Int64(kept.count))
    case .sum: return sum
    }
  }
}
