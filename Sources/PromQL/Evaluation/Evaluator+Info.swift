extension Evaluator {
  /// `info`: adds the labels of info series with the same `instance` and `job`.
  mutating func info(_ call: Call, on grid: StepGrid) throws(QueryError) -> Vector {
    let base = try vector(of: call.arguments[0], on: grid)
    var matchers: [LabelMatcher] = []
    if call.arguments.count > 1, case .selector(let node) = call.arguments[1].unwrapped {
      matchers = node.matchers
    }
    let request = InfoRequest(matchers)
    let isInfo = base.rows.map { row in
      request.names.allSatisfy { $0.matches(row.labels.name) }
    }
    let (at, offset) = try infoTime(of: call.arguments[0])
    let times = ReferenceTimes(grid, at: at, offset: offset)
    let series = try infoSeries(request, base, isInfo, at: times, call.range)
    let joined = try InfoSamples(series, times, lookback: options.lookback, isNeeded: !base.isEmpty)
    return try joined.enrich(base, isInfo, request)
  }

  /// The time at which the first selector of an expression reads: info series are read then too.
  private func infoTime(of expression: Expression) throws(QueryError) -> (Int64?, Int64) {
    var at: Int64?
    var offset: Int64 = 0
    var current: Expression? = expression
    while let node = current {
      var modifiers: TimeModifiers?
      switch node {
      case .selector(let selector): modifiers = selector.modifiers
      case .range(let range): modifiers = range.selector.modifiers
      case .subquery(let subquery): modifiers = subquery.modifiers
      default: break
      }
      if let modifiers {
        let (pinned, shift) = try resolved(modifiers)
        if let pinned {
          at = pinned
          offset = 0
        }
        offset += shift
      }
      current = node.children.first { $0.hasSelector }
    }
    return (at, offset)
  }

  /// The info series that may belong to a series of the base.
  private func infoSeries(
    _ request: InfoRequest, _ base: Vector, _ isInfo: [Bool], at times: ReferenceTimes,
    _ range: SourceRange
  ) throws(QueryError) -> [Series] {
    var wanted: [(name: String, values: Set<String>)] = []
    for name in InfoRequest.identifyingLabels {
      var values: Set<String> = []
      for (at, row) in base.rows.enumerated() where !isInfo[at] {
        let value = row.labels[name]
        if !value.isEmpty { values.insert(value) }
      }
      if !values.isEmpty { wanted.append((name, values)) }
    }
    if wanted.isEmpty { return [] }
    let selector = VectorSelector(
      name: "", matchers: request.names + request.data, range: range)
    let span = TimeSpan(after: times.first - options.lookback, through: times.last)
    return try series(of: selector, in: span).filter { series in
      wanted.allSatisfy { $0.values.contains(series.labels[$0.name]) }
    }
  }
}

extension Expression {
  fileprivate var hasSelector: Bool {
    if case .selector = self { return true }
    return children.contains(where: \.hasSelector)
  }
}

/// What the second argument of `info` says.
private struct InfoRequest {
  static let identifyingLabels = ["instance", "job"]
  static let identity = LabelNames(identifyingLabels)

  /// Conditions on the names of info metrics.
  var names: [LabelMatcher]
  /// Conditions on other labels; if there are any, only those labels are added.
  var data: [LabelMatcher]

  init(_ matchers: [LabelMatcher]) {
    names = matchers.filter { $0.name == Labels.metricName }
    data = matchers.filter { $0.name != Labels.metricName }
    let isPositive = names.contains { $0.operation == .equal || $0.operation == .matches }
    if names.isEmpty {
      names = [LabelMatcher(Labels.metricName, equals: "target_info")]
    } else if !isPositive, let every = try? LabelMatcher(Labels.metricName, .matches, ".+_info") {
      // Conditions that only exclude cannot find info metrics.
      names.insert(every, at: 0)
    }
  }

  func adds(_ name: String) -> Bool { data.isEmpty || data.contains { $0.name == name } }
}

/// Which info series is the newest at each step, by metric and identifying labels.
private struct InfoSamples {
  private var series: [Series]
  /// The metrics' names, and for each the place of its groups in `newest` by identifying labels.
  private var groups: [(name: String, places: [Labels: Int])] = []
  /// The index of a series by group and step; -1 for none.
  private var newest: [[Int]] = []
  private let steps: Int

  /// - Throws: `QueryError` when two series of a group have their last samples at the same time.
  init(
    _ series: [Series], _ times: ReferenceTimes, lookback: Int64, isNeeded: Bool
  ) throws(QueryError) {
    self.series = series
    steps = times.count
    if !isNeeded { return }
    var newestTimes: [[Int64]] = []
    for (at, one) in series.enumerated() {
      let key = one.labels.keeping(InfoRequest.identity)
      let place = groups.firstIndex { $0.name == one.labels.name } ?? groups.count
      if place == groups.count { groups.append((one.labels.name, [:])) }
      let group = groups[place].places[key] ?? newest.count
      if group == newest.count {
        groups[place].places[key] = group
        newest.append(Array(repeating: -1, count: steps))
        newestTimes.append(Array(repeating: .min, count: steps))
      }
      for step in 0..<steps {
        let next = one.samples.firstIndex(after: times[step])
        guard next > 0, one.samples.times[next - 1] > times[step] - lookback,
          !Samples.isStale(one.samples.values[next - 1])
        else { continue }
        let time = one.samples.times[next - 1]
        if newest[group][step] >= 0, newestTimes[group][step] == time {
          throw QueryError(
            .evaluation,
            "found duplicate series for info metric: existing "
              + "\(series[newest[group][step]].labels) @ \(time), new \(one.labels) @ \(time)")
        }
        if newest[group][step] < 0 || newestTimes[group][step] < time {
          newest[group][step] = at
          newestTimes[group][step] = time
        }
      }
    }
    groups.sort { $0.name < $1.name }
  }

  func enrich(
    _ base: Vector, _ isInfo: [Bool], _ request: InfoRequest
  ) throws(QueryError) -> Vector {
    var result = Vector(steps: steps, capacity: base.rows.count)
    let mayBeMissing = request.data.allSatisfy { $0.matches("") }
    for (row, each) in base.rows.enumerated() {
      let key = each.labels.keeping(InfoRequest.identity)
      let places = isInfo[row] ? [] : groups.compactMap { $0.places[key] }
      // Rows of the result by the info series that gave their labels.
      var bases: [[Int]: Int] = [:]
      for step in 0..<steps where base.present[row * steps + step] {
        let sources = places.map { newest[$0][step] }.filter { $0 >= 0 }
        if sources.isEmpty, !isInfo[row], !mayBeMissing { continue }
        let target: Int
        if let known = bases[sources] {
          target = known
        } else {
          let labels = try enriched(each.labels, by: sources, request)
          target = result.addRow(Vector.Row(labels: labels, dropsName: each.dropsName))
          bases[sources] = target
        }
        result.present[target + step] = true
        result.values[target + step] = base.values[row * steps + step]
      }
    }
    try result.mergeEqualRows()
    return result
  }

  private func enriched(
    _ labels: Labels, by sources: [Int], _ request: InfoRequest
  ) throws(QueryError) -> Labels {
    var result = labels
    for source in sources {
      for pair in series[source].labels.pairs
      where pair.name != Labels.metricName && request.adds(pair.name) {
        if !labels[pair.name].isEmpty { continue }
        let added = Label(pair.name, result[pair.name])
        if !added.value.isEmpty, added != pair {
          throw QueryError(.evaluation, "conflicting label: \(pair.name)")
        }
        result = result.setting(pair.name, to: pair.value)
      }
    }
    return result
  }
}
