import ClusterAPI
import World

extension FinalState {
  /// The statuses of the autoscalers, by name.
  static func autoscalers(_ world: borrowing World) -> JSON {
    var all: [String: JSON] = [:]
    for autoscaler in world.autoscalers {
      let status = autoscaler.status
      var conditions: [String: JSON] = [:]
      for condition in status.conditions {
        conditions[condition.type] = .string("\(condition.status.rawValue)/\(condition.reason)")
      }
      let metrics = zip(autoscaler.defaulted.metrics, status.currentMetrics).map(metric)
      all[autoscaler.meta.name] = [
        "hpa": .string(autoscaler.meta.name),
        // An empty field is not written.
        "current": status.currentReplicas == 0 ? .null : .int(Int64(status.currentReplicas)),
        "desired": .int(Int64(status.desiredReplicas)), "metrics": .array(metrics),
        "conditions": .object(conditions),
      ]
    }
    return all.isEmpty ? .null : .object(all)
  }

  private static func metric(_ target: MetricTarget, _ status: MetricStatus?) -> JSON {
    guard let status, case .resource(let name) = target.source else { return ["name": .null] }
    let format: Quantity.Format = name == "memory" ? .binarySI : .decimalSI
    return [
      "name": .string(name),
      "averageUtilization": status.averageUtilization.map { .int(Int64($0)) } ?? .null,
      "averageValue": status.averageValueMilli.map {
        .string(Quantity(milli: $0, format: format).canonical)
      } ?? .null,
    ]
  }
}
