import PromQL

/// When targets did not answer, by the label `instance`.
struct TargetOutages: Sendable {
  struct Silence: Sendable {
    var from: Int64
    /// The first instant at which they answer again.
    var to = Int64.max
  }

  private var silences: [String: [Silence]] = [:]

  var isEmpty: Bool { silences.isEmpty }

  mutating func begin(_ instances: [String], at: Int64) {
    for instance in instances {
      if silences[instance]?.last?.to == .max { continue }
      silences[instance, default: []].append(Silence(from: at))
    }
  }

  mutating func end(_ instances: [String], at: Int64) {
    for instance in instances {
      guard let count = silences[instance]?.count, silences[instance]?.last?.to == .max else {
        continue
      }
      silences[instance]?[count - 1].to = at
    }
  }

  func silences(of labels: PromQL.Labels) -> [Silence] { silences[labels["instance"]] ?? [] }
}
