public import PromQL

// Samples, as the scrapes of a target find what it shows.
extension TelemetryStore {
  func samples(_ row: Row, in span: TimeSpan) -> Samples {
    var samples = Samples()
    let from = max(span.after + 1, begin, row.points[0].at)
    let through = min(span.through, end)
    guard from <= through else { return samples }
    let silences = outages.silences(of: row.labels)
    let interval = row.scrapes.interval
    var time = scrape(atOrAfter: from, row.scrapes)
    if time > through { return samples }
    samples.times.reserveCapacity(Int((through - time) / interval) + 1)
    samples.values.reserveCapacity(Int((through - time) / interval) + 1)
    var next = row.points.partitioningIndex { $0.at > time }
    // Whether the scrape before showed it.
    let before = time - interval
    let last = row.points.partitioningIndex { $0.at > before }
    var isShown =
      before >= begin && last > 0
      && !Samples.isStale(silences.shown(row.points[last - 1].value, at: before))
    while time <= through {
      while next < row.points.count, row.points[next].at <= time { next += 1 }
      var value = next == 0 ? Samples.stale : row.points[next - 1].value
      if !silences.isEmpty { value = silences.shown(value, at: time) }
      if !Samples.isStale(value) || isShown {
        samples.times.append(time)
        samples.values.append(value)
      }
      isShown = !Samples.isStale(value)
      time += interval
    }
    return samples
  }

  public func newestSamples(
    matching matchers: [LabelMatcher], at times: ReferenceTimes, lookback: Int64, limit: Int
  ) -> NewestSamples? {
    let selected = rows(matching: matchers)
    let (points, overflows) = selected.count.multipliedReportingOverflow(by: times.count)
    if overflows || points > limit { return nil }
    var result = NewestSamples(steps: times.count, capacity: selected.count)
    var scrapes = Array(repeating: NewestSamples.none, count: times.count)
    var (taken, values) = (scrapes, Array(repeating: 0.0, count: times.count))
    var found: ScrapeTimes?
    for row in selected {
      if found != rows[row].scrapes {
        found = rows[row].scrapes
        find(&scrapes, of: rows[row].scrapes, at: times, lookback)
      }
      let silences = outages.silences(of: rows[row].labels)
      rows[row].read(at: scrapes, silences, into: &taken, &values)
      result.add(rows[row].labels, taken, values)
    }
    return result
  }

  /// The last scrape of a target until each of several times; `NewestSamples.none` where it is too old.
  private func find(
    _ scrapes: inout [Int64], of target: ScrapeTimes, at times: ReferenceTimes, _ lookback: Int64
  ) {
    for step in 0..<times.count {
      let last = target.last(through: min(times[step], end), begin: begin)
      scrapes[step] =
        last.map { $0 > times[step] - lookback ? $0 : NewestSamples.none } ?? NewestSamples.none
    }
  }
}

extension TelemetryStore.Row {
  /// What scrapes see, where they see something.
  fileprivate func read(
    at scrapes: [Int64], _ silences: TargetOutages.Silences, into times: inout [Int64],
    _ values: inout [Double]
  ) {
    var next: Int?
    for step in scrapes.indices {
      let scrape = scrapes[step]
      times[step] = NewestSamples.none
      if scrape == NewestSamples.none { continue }
      var point = next ?? points.partitioningIndex { $0.at > scrape }
      while point < points.count, points[point].at <= scrape { point += 1 }
      next = point
      if point == 0 { continue }
      let value = silences.shown(points[point - 1].value, at: scrape)
      if Samples.isStale(value) { continue }
      (times[step], values[step]) = (scrape, value)
    }
  }
}

extension Array {
  /// The first index whose element fulfils the condition, as all that follow do.
  fileprivate func partitioningIndex(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
