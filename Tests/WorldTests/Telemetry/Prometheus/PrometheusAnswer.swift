import Foundation
import PromQL

@testable import World

/// An answer to a query, by labels, whoever gave it.
struct Answer {
  struct Row {
    var labels: [String: String]
    var times: [Int64]
    var values: [Double]
  }

  /// Sorted by labels.
  private(set) var rows: [Row] = []

  /// What the server said: a vector or a matrix.
  init(_ json: Any) throws {
    guard let list = json as? [[String: Any]] else {
      throw Prometheus.Failure("\(json) is neither vector nor matrix")
    }
    for element in list {
      let points = (element["values"] as? [[Any]]) ?? (element["value"] as? [Any]).map { [$0] }
      guard let labels = element["metric"] as? [String: String], let points else {
        throw Prometheus.Failure("\(element) is no series")
      }
      var row = Row(labels: labels, times: [], values: [])
      for point in points {
        guard point.count == 2, let time = point[0] as? Double,
          let value = (point[1] as? String).flatMap(Double.init)
        else { throw Prometheus.Failure("\(point) is no sample") }
        row.times.append(Int64((time * 1000).rounded()))
        row.values.append(value)
      }
      rows.append(row)
    }
    sort()
  }

  /// What the engine here says.
  init(_ text: String, times: PrometheusTimes, in store: TelemetryStore) throws {
    let query = try Query(text)
    switch times {
    case .instant(let at):
      guard case .vector(let vector) = try query.instant(at: at, in: store).value else { return }
      for one in vector { add(one.labels, Samples(times: [at], values: [one.value])) }
    case .range(let first, let last, let step):
      let result = try query.range(from: first, through: last, step: step, in: store)
      guard case .matrix(let matrix) = result.value else { return }
      for one in matrix { add(one.labels, one.samples) }
    }
    sort()
  }

  private mutating func add(_ labels: PromQL.Labels, _ samples: Samples) {
    rows.append(
      Row(
        labels: Dictionary(uniqueKeysWithValues: labels.pairs.map { ($0.name, $0.value) }),
        times: samples.times, values: samples.values))
  }

  private mutating func sort() {
    func key(_ row: Row) -> String { row.labels.sorted { $0.key < $1.key }.description }
    rows.sort { key($0) < key($1) }
  }

  /// Where it is not the other to a billionth; at most a few.
  func differences(from other: Answer) -> [String] {
    if rows.map(\.labels) != other.rows.map(\.labels) {
      return ["series \(rows.map(\.labels)), not \(other.rows.map(\.labels))"]
    }
    var found: [String] = []
    for (mine, theirs) in zip(rows, other.rows) {
      if mine.times != theirs.times {
        found.append("\(mine.labels): at \(mine.times), not \(theirs.times)")
        continue
      }
      for at in mine.times.indices where !isNear(mine.values[at], theirs.values[at]) {
        found.append(
          "\(mine.labels) at \(mine.times[at]): \(mine.values[at]), not \(theirs.values[at])")
      }
    }
    return Array(found.prefix(5))
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool {
    if a == b || (a.isNaN && b.isNaN) { return true }
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))
  }
}

extension MetricCatalog {
  /// A sample of every family, as the text format has it.
  static var text: String {
    families.map { family in
      let head = "# HELP \(family.name) \(family.help)\n"
      switch family.kind {
      case .histogram:
        return head + "# TYPE \(family.name) histogram\n\(family.name)_bucket{le=\"+Inf\"} 1\n"
          + "\(family.name)_sum 1\n\(family.name)_count 1\n"
      default:
        return head + "# TYPE \(family.name) \(family.kind.rawValue)\n\(family.name) 1\n"
      }
    }.joined()
  }
}
