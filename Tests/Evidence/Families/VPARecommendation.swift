import Control

/// `ContainerState.AddSample`, `RecordOOM`, `PodResourceRecommender.GetRecommendedPodResources`.
enum VPARecommendation: Family {
  static let name = "vpa_recommendation"
  static let relativeError = 1e-9

  static func answer(to input: JSON) throws -> JSON {
    let recommender = try recommender(try input.require("config"))
    let containers = try input.members("containers").sorted { $0.key < $1.key }
    var usages: [ContainerUsage] = []
    var accepted: [JSON] = []
    for (_, samples) in containers {
      var usage = ContainerUsage()
      accepted.append(.array(try (samples.array ?? []).map { .bool(try add($0, to: &usage)) }))
      usages.append(usage)
    }
    var members: [String: JSON] = [:]
    for (index, found) in recommender.recommendations(for: usages).enumerated() {
      members[containers[index].key] = [
        "target": json(found.target), "lowerBound": json(found.lowerBound),
        "upperBound": json(found.upperBound),
        "state": state(usages[index], accepted: accepted[index]),
      ]
    }
    return .object(members)
  }

  /// Amounts may be off by one unit or one millionth: they are cut off after products.
  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    Difference.between(expected, actual, relativeError: relativeError).filter { difference in
      guard difference.path.hasSuffix("cpuMilli") || difference.path.hasSuffix("memoryBytes"),
        let wanted = difference.expected?.int, let found = difference.actual?.int
      else { return true }
      let apart = (wanted - found).magnitude
      return apart > 1 && Double(apart) > 1e-6 * Double(wanted)
    }
  }

  private static func add(_ sample: JSON, to usage: inout ContainerUsage) throws -> Bool {
    guard let cells = sample.array, cells.count == 3, let time = cells[0].int,
      let value = cells[2].int
    else { throw EvidenceError("no sample: \(sample)") }
    switch cells[1].string {
    case "cpu": return usage.addCPU(value, at: time)
    case "memory": return usage.addMemory(value, at: time)
    case "oom":
      // What recorded the cases did not look at the error: an OOM that is too old to count, and
      // that changes nothing, is marked as accepted too.
      _ = usage.addOutOfMemory(request: value, at: time)
      return true
    default: throw EvidenceError("unknown sample: \(sample)")
    }
  }

  private static func recommender(_ config: JSON) throws -> ResourceRecommender {
    func percentiles(_ name: String) throws -> ResourceRecommender.Percentiles {
      .init(
        cpu: try config.number(name + "CPUPercentile"),
        memory: try config.number(name + "MemoryPercentile"))
    }
    var recommender = ResourceRecommender()
    recommender.target = try percentiles("target")
    recommender.lowerBound = try percentiles("lowerBound")
    recommender.upperBound = try percentiles("upperBound")
    recommender.safetyMargin = try config.number("safetyMarginFraction")
    recommender.podMinCPUMilli = try config.number("podMinCPUMillicores")
    recommender.podMinMemoryMega = try config.number("podMinMemoryMb")
    recommender.confidenceInterval = try config.int("confidenceIntervalSeconds")
    return recommender
  }

  private static func json(_ amounts: ResourceRecommender.Amounts) -> JSON {
    ["cpuMilli": .int(amounts.cpuMilli), "memoryBytes": .int(amounts.memoryBytes)]
  }

  private static func state(_ usage: ContainerUsage, accepted: JSON) -> JSON {
    var percentiles: [String: JSON] = [:]
    for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p100", 1.0)] {
      percentiles[name] = [
        .double(usage.cpu.percentile(share)), .double(usage.memoryPeaks.percentile(share)),
      ]
    }
    return [
      "accepted": accepted, "percentiles": .object(percentiles),
      "totalSamplesCount": .int(Int64(usage.samplesCount)),
    ]
  }
}
