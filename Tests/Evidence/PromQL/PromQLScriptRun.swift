import PromQL

/// What came out of a script.
public struct PromQLScriptResult: Sendable {
  /// A case whose answer is not the expected one.
  public struct Failure: Sendable {
    public var lineNumber: Int
    public var query: String
    public var reason: String
  }

  public var name: String
  public var passedCount = 0
  /// Cases whose query selects native histograms.
  public var leftOutCount = 0
  public var failures: [Failure] = []

  /// The cases that count.
  public var caseCount: Int { passedCount + failures.count }
}

/// Runs scripts against the evaluator, as Prometheus runs them: an instant query is also asked with
/// `@` at all selectors and at other times, and as the middle step of a range query.
public struct PromQLScriptRun {
  private static let options = QueryOptions(delaysNameRemoval: true)

  private var store = SeriesStore()
  private var result: PromQLScriptResult

  /// - Throws: `EvidenceError` when the script cannot be read.
  public static func result(of text: String, name: String) throws -> PromQLScriptResult {
    var run = PromQLScriptRun(result: PromQLScriptResult(name: name))
    for command in try PromQLScript(text).commands {
      switch command {
      case .clear: run.store = SeriesStore()
      case .load(let load): load.add(to: &run.store)
      case .eval(let each): run.evaluate(each)
      }
    }
    return run.result
  }

  private mutating func evaluate(_ each: PromQLCase) {
    if readsNativeHistograms(each) {
      result.leftOutCount += 1
    } else if let reason = failure(of: each) {
      result.failures.append(
        .init(lineNumber: each.lineNumber, query: each.query, reason: reason))
    } else {
      result.passedCount += 1
    }
  }

  /// Decided from the data that the query selects.
  private func readsNativeHistograms(_ each: PromQLCase) -> Bool {
    guard let query = try? Query(each.query) else { return false }
    let selectors: [SelectorReach]?
    switch each.times {
    case .instant(let time):
      selectors = try? query.selectors(from: time, through: time, options: PromQLScriptRun.options)
    case .range(let from, let through, let step):
      selectors = try? query.selectors(
        from: from, through: through, step: step, options: PromQLScriptRun.options)
    }
    return (selectors ?? []).contains { selector in
      store.series(matching: selector.matchers, in: selector.span).contains {
        $0.samples.histogramTimes.contains(where: selector.span.contains)
      }
    }
  }

  private func failure(of each: PromQLCase) -> String? {
    switch each.times {
    case .range(let from, let through, let step):
      return failure(of: each, each.query, isMain: true) { query, options throws(QueryError) in
        try query.range(from: from, through: through, step: step, in: store, options: options)
      }
    case .instant(let time):
      if let reason = instantFailure(of: each, each.query, at: time, isMain: true) { return reason }
      guard let pinned = pinnedQuery(each.query, at: time) else { return nil }
      let others = time == 0 ? [-1000, 0, 1000] : [-10 * time, 0, time / 5, time, 10 * time]
      for other in others {
        if let reason = instantFailure(of: each, pinned, at: other, isMain: false) {
          return "as \(pinned) at \(other) ms: \(reason)"
        }
      }
      return nil
    }
  }

  private func instantFailure(
    of each: PromQLCase, _ text: String, at time: Int64, isMain: Bool
  ) -> String? {
    let reason = failure(of: each, text, isMain: isMain) { query, options throws(QueryError) in
      try query.instant(at: time, in: store, options: options)
    }
    if let reason { return reason }
    let isContextual = ["start()", "end()", "range()", "step()"].contains { text.contains($0) }
    if isContextual || each.expects(.fail) || each.expects(.ordered) || each.rangeVector != nil
      || each.string != nil
    {
      return nil
    }
    do {
      let answer = try Query(text).range(
        from: time - 60_000, through: time + 60_000, step: 60_000, in: store,
        options: PromQLScriptRun.options)
      guard case .matrix(let matrix) = answer.value else { return "range query gives no matrix" }
      let middle = matrix.compactMap { series in
        series.samples.times.firstIndex(of: time).map {
          SeriesValue(labels: series.labels, value: series.samples.values[$0])
        }
      }
      let value: QueryValue =
        each.scalar == nil ? .vector(middle) : .scalar(middle.first?.value ?? .nan)
      return each.difference(from: value).map { "as a step of a range query: \($0)" }
    } catch {
      return error.kind == .unsupported ? nil : "as a range query: \(error)"
    }
  }

  private func failure(
    of each: PromQLCase, _ text: String, isMain: Bool,
    _ answer: (Query, QueryOptions) throws(QueryError) -> QueryResult
  ) -> String? {
    do {
      let query = try Query(text)
      let result = try answer(query, PromQLScriptRun.options)
      if each.expects(.fail) { return "expected to fail, but there is an answer" }
      return each.annotationDifference(result.annotations, text)
        ?? each.difference(from: result.value)
    } catch {
      if error.kind == .unsupported, !isMain { return nil }
      guard let wanted = each.expectations.first(where: { $0.wanted == .fail }) else {
        return "failed: \(error.description(in: text))"
      }
      return wanted.isMet(by: error.message) ? nil : "failed otherwise: \(error.message)"
    }
  }

  /// The query with `@` at all selectors that have none; nil when its functions depend on the time.
  private func pinnedQuery(_ text: String, at time: Int64) -> String? {
    guard let query = try? Query(text) else { return nil }
    guard let pinned = query.expression.pinned(at: time) else { return nil }
    return pinned.description
  }
}

extension Expression {
  /// With `@` at the selectors and subqueries that have none.
  fileprivate func pinned(at time: Int64) -> Expression? {
    switch self {
    case .number, .string: return self
    case .selector(var node):
      node.modifiers.pin(at: time)
      return .selector(node)
    case .range(var node):
      node.selector.modifiers.pin(at: time)
      return .range(node)
    case .subquery(var node):
      // What is below a pinned subquery keeps its own times; functions of the time still count, and so
      // do the times of the query.
      let text = node.inner.description
      if node.inner.pinned(at: time) == nil || text.contains("start()") || text.contains("end()") {
        return nil
      }
      node.modifiers.pin(at: time)
      return .subquery(node)
    case .call(var node):
      let timed: [Function] = [
        .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .hour, .minute, .month, .year,
        .predictLinear, .time, .timestamp, .start, .end, .range, .step,
      ]
      if timed.contains(node.function) { return nil }
      for at in node.arguments.indices where !(node.function == .info && at == 1) {
        guard let argument = node.arguments[at].pinned(at: time) else { return nil }
        node.arguments[at] = argument
      }
      return .call(node)
    case .aggregation(var node):
      guard let operand = node.operand.pinned(at: time) else { return nil }
      node.operand = operand
      if let parameter = node.parameter {
        guard let pinned = parameter.pinned(at: time) else { return nil }
        node.parameter = pinned
      }
      return .aggregation(node)
    case .binary(var node):
      guard let left = node.left.pinned(at: time), let right = node.right.pinned(at: time) else {
        return nil
      }
      node.left = left
      node.right = right
      return .binary(node)
    case .unary(var node):
      guard let operand = node.operand.pinned(at: time) else { return nil }
      node.operand = operand
      return .unary(node)
    case .parentheses(var node):
      guard let inner = node.inner.pinned(at: time) else { return nil }
      node.inner = inner
      return .parentheses(node)
    }
  }
}

extension TimeModifiers {
  /// `start()` and `end()` of an instant query are its time.
  fileprivate mutating func pin(at time: Int64) {
    switch at {
    case .none, .start, .end: at = .time(time)
    case .time: break
    }
  }
}
