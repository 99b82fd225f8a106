import ClusterAPI
import Control
import Units

/// Reads what the families about the replica calculator have in common.
struct ReplicaCalculationJSON {
  var calculation: ReplicaCalculation
  var metrics: PodMetrics = [:]

  private static let now = Instant.zero + .seconds(1_000_000)

  init(_ input: JSON) throws {
    var settings = AutoscalingSettings()
    settings.cpuInitializationPeriod = .seconds(try input.int("cpuInitializationPeriodSeconds"))
    settings.initialReadinessDelay = .seconds(try input.int("initialReadinessDelaySeconds"))
    calculation = ReplicaCalculation(
      currentReplicas: Int(try input.int("currentReplicas")),
      pods: try input.elements("pods").map { try ReplicaCalculationJSON.pod($0, input) },
      tolerances: Tolerances(
        scaleDown: try input.number("toleranceScaleDown"),
        scaleUp: try input.number("toleranceScaleUp")),
      settings: settings, now: ReplicaCalculationJSON.now)
    for pod in try input.elements("pods") + input.elements("metricsForUnlistedPods") {
      guard let metric = pod["metric"] else { continue }
      metrics[try pod.string("name")] = try ReplicaCalculationJSON.metric(metric)
    }
  }

  private static func ago(_ age: Double) -> Instant { now - .seconds(rounding: age) }

  private static func metric(_ json: JSON) throws -> PodMetric {
    PodMetric(
      milli: try json.int("valueMilli"), timestamp: ago(try json.number("timestampAgeSeconds")),
      window: .seconds(rounding: try json.number("windowSeconds")))
  }

  private static func pod(_ json: JSON, _ input: JSON) throws -> AutoscaledPod {
    guard let phase = AutoscaledPod.Phase(rawValue: try json.string("phase")) else {
      throw EvidenceError("unknown phase: \(json)")
    }
    let resource = input["resource"]?.string ?? ""
    return AutoscaledPod(
      name: try json.string("name"), phase: phase, isDeleting: try json.bool("deleting"),
      ready: json["readyCondition"]?.string.flatMap { Condition.Status(rawValue: $0) },
      readyTransition: json["readyTransitionAgeSeconds"]?.number.map(ago),
      startTime: json["startAgeSeconds"]?.number.map(ago),
      containers: try json.elements("containers").map {
        var requests: ResourceList = [:]
        if let milli = $0["requestMilli"]?.int { requests[resource] = Quantity(milli: milli) }
        return AutoscaledPod.Container(name: try $0.string("name"), requests: requests)
      })
  }

  /// - Parameter usage: the name under which the value was recorded.
  static func json(
    _ call: () throws -> ReplicaCalculation.Proposal, usage: String? = nil
  ) -> JSON {
    do {
      let proposal = try call()
      var members: [String: JSON] = ["replicas": .int(Int64(proposal.replicas))]
      let status = proposal.status
      if let usage {
        members[usage] = (status.valueMilli ?? status.averageValueMilli).map { .int($0) } ?? .null
      } else {
        members["utilization"] = status.averageUtilization.map { .int(Int64($0)) } ?? .null
        members["averageValueMilli"] = status.averageValueMilli.map { .int($0) } ?? .null
      }
      return .object(members)
    } catch {
      return ["error": .string("\(error)")]
    }
  }
}
