import PromQL

extension PromQLCase {
  private static let tolerance = 1e-6

  // MARK: annotations

  /// What is missing or too much among the annotations.
  func annotationDifference(_ annotations: [Annotation], _ query: String) -> String? {
    for (severity, some, none) in [
      (Annotation.Severity.warning, Wanted.warn, Wanted.noWarn),
      (Annotation.Severity.info, Wanted.info, Wanted.noInfo),
    ] {
      let messages = annotations.filter { $0.severity == severity }
        .map { $0.description(in: query) }
      let wanted = expectations.filter { $0.wanted == some }
      if expects(none), let first = messages.first { return "unexpected annotation: \(first)" }
      if wanted.isEmpty { continue }
      for expectation in wanted where !messages.contains(where: expectation.isMet) {
        return "missing annotation \(expectation.text), there are: \(messages)"
      }
      for message in messages where !wanted.contains(where: { $0.isMet(by: message) }) {
        return "unexpected annotation: \(message)"
      }
    }
    return nil
  }

  // MARK: values

  /// How a value differs from the expected one.
  func difference(from value: QueryValue) -> String? {
    switch value {
    case .string(let text):
      return text == string ? nil : "expected string \(string ?? "none"), got \(text)"
    case .scalar(let number):
      guard let scalar else { return "expected a vector, got the scalar \(number)" }
      return equal(scalar, number) ? nil : "expected \(scalar), got \(number)"
    case .vector(let vector):
      if scalar != nil { return "expected a scalar, got a vector" }
      return difference(from: vector)
    case .matrix(let matrix):
      if scalar != nil { return "expected a scalar, got a matrix" }
      return difference(from: matrix)
    }
  }

  private func equal(_ a: Double, _ b: Double) -> Bool {
    almostEqual(a, b, tolerance: PromQLCase.tolerance)
  }

  private func difference(from vector: [SeriesValue]) -> String? {
    var lines: [String] = []
    for (place, element) in vector.enumerated() {
      guard let at = series.firstIndex(where: { $0.labels == element.labels }) else {
        lines.append("+ \(element.labels) \(element.value)")
        continue
      }
      if expects(.ordered), at != place {
        lines.append("~ \(element.labels) is at place \(place + 1), expected at \(at + 1)")
      }
      guard case .number(let wanted)? = series[at].points.first else {
        lines.append("~ \(element.labels) \(element.value), expected a histogram")
        continue
      }
      if !equal(wanted, element.value) {
        lines.append("~ \(element.labels) \(element.value), expected \(wanted)")
      }
    }
    for line in series where !vector.contains(where: { $0.labels == line.labels }) {
      lines.append("- \(line.labels)")
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private func difference(from matrix: [Series]) -> String? {
    var start: Int64 = 0
    var step: Int64 = 0
    if let rangeVector { (start, step) = rangeVector }
    if case .range(let from, _, let each) = times { (start, step) = (from, each) }
    var lines: [String] = []
    for one in matrix {
      guard let line = series.first(where: { $0.labels == one.labels }) else {
        lines.append("+ \(one.labels) \(shown(one.samples))")
        continue
      }
      var wanted = Samples()
      for (place, point) in line.points.enumerated() {
        guard case .number(let value) = point else { continue }
        wanted.times.append(start + Int64(place) * step)
        wanted.values.append(value)
      }
      let isEqual =
        wanted.times == one.samples.times
        && zip(wanted.values, one.samples.values).allSatisfy { equal($0, $1) }
      if !isEqual {
        lines.append("~ \(one.labels) \(shown(one.samples)), expected \(shown(wanted))")
      }
    }
    for line in series where !matrix.contains(where: { $0.labels == line.labels }) {
      lines.append("- \(line.labels)")
    }
    let isSorted = zip(matrix, matrix.dropFirst()).allSatisfy { !($1.labels < $0.labels) }
    if !isSorted { lines.append("the series are not sorted by labels") }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private func shown(_ samples: Samples) -> String {
    zip(samples.times, samples.values).map { "\($1)@\($0)" }.joined(separator: " ")
  }
}
