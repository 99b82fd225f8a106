import PromQL

/// When targets did not answer, by the label `instance`.
struct TargetOutages: Sendable {
  struct Silence: Sendable {
    var from: Int64
    /// The first instant at which they answer again.
    var to = Int64.max
  }

  /// When the target of one series did not answer.
  struct Silences {
    fileprivate var all: [Silence] = []
    /// Of `up`, which is shown of a target that does not answer too.
    fileprivate var areOfUp = false

    var isEmpty: Bool { all.isEmpty }

    /// What a scrape sees of a value.
    func shown(_ value: Double, at time: Int64) -> Double {
      guard all.contains(where: { $0.from <= time && time < $0.to }) else { return value }
      return areOfUp && !Samples.isStale(value) ? 0 : Samples.stale
    }
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

  func silences(of labels: PromQL.Labels) -> Silences {
    guard !silences.isEmpty, let all = silences[labels["instance"]] else { return Silences() }
    return Silences(all: all, areOfUp: labels.name == "up")
  }
}
