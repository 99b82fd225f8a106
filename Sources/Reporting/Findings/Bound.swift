import Recording

/// A note that says up to which value of something unknown a container's settings hold.
struct Bound {
  enum Quantity: String, CaseIterable {
    case startup, memory, cpu, silence, answer, request

    /// The heading of its column.
    var title: String {
      switch self {
      case .startup: "start-up"
      case .memory: "memory"
      case .cpu: "CPU"
      case .silence: "probe silence"
      case .answer: "probe answer"
      case .request: "request"
      }
    }

    /// How its conditions begin.
    fileprivate var words: String {
      switch self {
      case .startup: "start-up longer than "
      case .memory: "memory over "
      case .cpu: "CPU use over "
      case .silence: "no answer to probes for longer than "
      case .answer: "probes answered later than "
      case .request: "requests longer than "
      }
    }
  }

  var quantity: Quantity
  /// Such as `128Mi`.
  var value: String

  /// nil where the entry is no note, or its condition is none on such a quantity.
  init?(_ entry: FindingsRecord.Entry) {
    guard entry.severity == .note, entry.standing == .new else { return nil }
    self.init(condition: entry.condition)
  }

  init?(condition: String) {
    guard let quantity = Quantity.allCases.first(where: { condition.hasPrefix($0.words) }) else {
      return nil
    }
    self.quantity = quantity
    value = String(condition.dropFirst(quantity.words.count))
  }

  /// In one unit for each quantity, so that values can be put in order; nil: not understood.
  private var size: Double? {
    let units: [(suffix: String, factor: Double)] = [
      (" min", 60), (" ms", 0.001), (" s", 1), (" h", 3600), ("Ti", 1_048_576), ("Gi", 1024),
      ("Mi", 1), ("m", 0.001), ("", 1),
    ]
    for (suffix, factor) in units where value.hasSuffix(suffix) {
      return Double(String(value.dropLast(suffix.count))).map { $0 * factor }
    }
    return nil
  }

  /// Whether less is enough to break this one.
  func isTighter(than other: Bound) -> Bool {
    guard let size, let limit = other.size else { return false }
    return size < limit
  }
}

/// Bounds by workload and container: all is well while no value is above them.
struct BoundTable {
  var quantities: [Bound.Quantity]
  /// Object, container, then a cell for each quantity; empty where there is no bound.
  var rows: [[String]]

  init(_ entries: [FindingsRecord.Entry]) {
    var keys: [[String]] = []
    var bounds: [[String]: [Bound.Quantity: Bound]] = [:]
    for entry in entries {
      guard let bound = Bound(entry) else { continue }
      let key = [entry.object, entry.part]
      if bounds[key] == nil { keys.append(key) }
      if let known = bounds[key]?[bound.quantity], !bound.isTighter(than: known) { continue }
      bounds[key, default: [:]][bound.quantity] = bound
    }
    let present = Bound.Quantity.allCases.filter { quantity in
      bounds.values.contains { $0[quantity] != nil }
    }
    quantities = present
    rows = keys.map { key in
      key + present.map { quantity in bounds[key]?[quantity].map { "≤ \($0.value)" } ?? "" }
    }
  }
}
