import ClusterAPI
import Control
import Units

/// Reads the spec of an autoscaler, and writes it.
enum AutoscalerJSON {
  static func autoscaler(_ spec: JSON) throws -> HorizontalPodAutoscaler {
    let target = try spec.require("scaleTargetRef")
    var object = HorizontalPodAutoscaler(
      meta: ObjectMeta(name: "web"), targetAPIVersion: try target.string("apiVersion"),
      targetKind: try target.string("kind"), targetName: try target.string("name"),
      maxReplicas: Int(try spec.int("maxReplicas")))
    object.minReplicas = spec["minReplicas"]?.int.map { Int($0) }
    object.metrics = try spec.elements("metrics").map(metric)
    object.behavior = try spec["behavior"].map(behavior)
    return object
  }

  static func behavior(_ json: JSON) throws -> ScalingBehavior {
    ScalingBehavior(
      scaleUp: try json["scaleUp"].map(rules), scaleDown: try json["scaleDown"].map(rules))
  }

  private static func rules(_ json: JSON) throws -> ScalingRules {
    var rules = ScalingRules()
    rules.stabilizationWindowSeconds = json["stabilizationWindowSeconds"]?.int.map { Int($0) }
    rules.selectPolicy = json["selectPolicy"]?.string
    rules.tolerance = try json["tolerance"].map(ObjectJSON.quantity)
    if json["policies"] != nil {
      rules.policies = try json.elements("policies").map {
        ScalingPolicy(
          type: try $0.string("type"), value: Int(try $0.int("value")),
          periodSeconds: Int(try $0.int("periodSeconds")))
      }
    }
    return rules
  }

  private static func metric(_ json: JSON) throws -> MetricTarget {
    let type = try json.string("type")
    let block = try json.require(type.prefix(1).lowercased() + type.dropFirst())
    return MetricTarget(
      source: try source(type, block), target: try value(try block.require("target")))
  }

  private static func source(_ type: String, _ block: JSON) throws -> MetricTarget.Source {
    switch type {
    case "Resource": return .resource(name: try block.string("name"))
    case "ContainerResource":
      return .containerResource(
        name: try block.string("name"), container: try block.string("container"))
    default: break
    }
    let name = try block.require("metric").string("name")
    switch type {
    case "Pods": return .pods(metric: name, selector: nil)
    case "External": return .external(metric: name, selector: nil)
    case "Object":
      let object = try block.require("describedObject")
      return .object(
        metric: name, selector: nil, apiVersion: try object.string("apiVersion"),
        kind: try object.string("kind"), name: try object.string("name"))
    default: throw EvidenceError("unknown type of a metric: \(type)")
    }
  }

  private static func value(_ target: JSON) throws -> MetricTarget.Value {
    switch try target.string("type") {
    case "Utilization": .utilization(Int(try target.int("averageUtilization")))
    case "AverageValue":
      .averageValue(try ObjectJSON.quantity(try target.require("averageValue")))
    default: .value(try ObjectJSON.quantity(try target.require("value")))
    }
  }
}

// Writing.
extension AutoscalerJSON {
  static func json(_ object: HorizontalPodAutoscaler) throws -> JSON {
    var members: [String: JSON] = [
      "scaleTargetRef": [
        "apiVersion": .string(object.targetAPIVersion), "kind": .string(object.targetKind),
        "name": .string(object.targetName),
      ],
      "maxReplicas": .int(Int64(object.maxReplicas)),
      "metrics": .array(try object.metrics.map(json)),
    ]
    if let least = object.minReplicas { members["minReplicas"] = .int(Int64(least)) }
    if let behavior = object.behavior {
      members["behavior"] = [
        "scaleUp": behavior.scaleUp.map(json) ?? .null,
        "scaleDown": behavior.scaleDown.map(json) ?? .null,
      ]
    }
    return .object(members)
  }

  private static func json(_ rules: ScalingRules) -> JSON {
    let policies = rules.policies?.map { policy -> JSON in
      [
        "type": .string(policy.type), "value": .int(Int64(policy.value)),
        "periodSeconds": .int(Int64(policy.periodSeconds)),
      ]
    }
    return [
      "stabilizationWindowSeconds": rules.stabilizationWindowSeconds.map { .int(Int64($0)) }
        ?? .null,
      "selectPolicy": rules.selectPolicy.map { .string($0) } ?? .null,
      "tolerance": rules.tolerance.map { .string($0.string) } ?? .null,
      "policies": policies.map { .array($0) } ?? .null,
    ]
  }

  private static func json(_ metric: MetricTarget) throws -> JSON {
    guard case .resource(let name) = metric.source, case .utilization(let share) = metric.target
    else { throw EvidenceError("no writer for the metric \(metric)") }
    return [
      "type": "Resource",
      "resource": [
        "name": .string(name),
        "target": ["type": "Utilization", "averageUtilization": .int(Int64(share))],
      ],
    ]
  }

  static func json(_ status: MetricStatus) -> JSON {
    [
      "averageUtilization": status.averageUtilization.map { .int(Int64($0)) } ?? .null,
      "averageValueMilli": status.averageValueMilli.map { .int($0) } ?? .null,
      "valueMilli": status.valueMilli.map { .int($0) } ?? .null,
    ]
  }

  static func condition(_ status: Condition.Status, _ reason: String) -> JSON {
    [.string(status.rawValue), .string(reason)]
  }
}
