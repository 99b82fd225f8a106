import ClusterAPI
import Control
import Units

/// An autoscaler between syncs, and what stands in for the API server during one.
struct SyncedAutoscaler {
  private var autoscaler: HorizontalPodAutoscaler
  private let controller: HorizontalPodAutoscalerController
  private var memory: HorizontalPodAutoscalerController.Memory
  private let containers: [AutoscaledPod.Container]
  private let window: Span

  init(_ input: JSON) throws {
    autoscaler = try AutoscalerJSON.autoscaler(try input.require("hpaSpec"))
    let config = try input.require("config")
    func span(_ key: String) throws -> Span { .seconds(rounding: try config.number(key)) }
    var settings = AutoscalingSettings()
    settings.syncPeriod = try span("syncPeriodSeconds")
    settings.tolerance = try config.number("tolerance")
    settings.cpuInitializationPeriod = try span("cpuInitializationPeriodSeconds")
    settings.initialReadinessDelay = try span("initialReadinessDelaySeconds")
    settings.downscaleStabilization = try span("downscaleStabilizationSeconds")
    window = try span("metricWindowSeconds")
    controller = HorizontalPodAutoscalerController(settings: settings)
    memory = controller.initial
    containers = try input.elements("containers").map {
      var requests: ResourceList = [:]
      if let milli = $0["cpuRequestMilli"]?.int { requests["cpu"] = Quantity(milli: milli) }
      if let bytes = $0["memoryRequestBytes"]?.int { requests["memory"] = Quantity(bytes) }
      return AutoscaledPod.Container(name: try $0.string("name"), requests: requests)
    }
  }

  /// Runs one sync with the metrics and the pods of the step, and returns what it leaves behind.
  mutating func sync(_ step: JSON) throws -> JSON {
    let now = Instant.zero + .seconds(rounding: try step.number("t"))
    if let change = step["hpaSpecChange"] {
      autoscaler.minReplicas = Int(try change.int("minReplicas"))
      autoscaler.maxReplicas = Int(try change.int("maxReplicas"))
    }
    let pods = try step.elements("pods").map(pod)
    var pass = Pass(
      now: now,
      input: HorizontalPodAutoscalerController.Input(autoscaler: autoscaler, pods: pods),
      memory: memory)
    var scaledTo: Int?
    var metric = 0
    while case .asked(let request) = controller.attempt(&pass) {
      switch request {
      case .read(.scale):
        pass.resume(with: .read(try scale(step)))
      case .read:
        pass.resume(with: .read(try values(of: metric, step, now)))
        metric += 1
      case .write(.scale(_, let replicas, _)):
        scaledTo = replicas
        pass.resume(with: .written(.written(resourceVersion: 2, uid: 1)))
      case .write(.replaceStatus(.horizontalPodAutoscaler(let changed))):
        autoscaler.status = changed.status
        pass.resume(with: .written(.written(resourceVersion: 2, uid: 2)))
      default: throw EvidenceError("unexpected request: \(request)")
      }
    }
    memory = pass.memory
    return state(scaledTo)
  }

  private func scale(_ step: JSON) throws -> QueryResult {
    if step["scaleUnavailable"]?.bool == true { return .refused(.unavailable) }
    return .scale(
      Scale(
        replicas: Int(try step.int("specReplicas")),
        statusReplicas: Int(try step.int("statusReplicas")),
        selector: LabelSelector(matchLabels: ["app": "web"]), resourceVersion: 1))
  }

  private func pod(_ row: JSON) throws -> AutoscaledPod {
    guard let cells = row.array, cells.count == 7, let name = cells[0].string,
      let phase = cells[1].string.flatMap({ AutoscaledPod.Phase(rawValue: $0) })
    else { throw EvidenceError("no row of a pod: \(row)") }
    func time(_ cell: JSON) -> Instant? { cell.number.map { .zero + .seconds(rounding: $0) } }
    return AutoscaledPod(
      name: name, phase: phase, isDeleting: cells[2].int == 1,
      ready: cells[3].string.flatMap { Condition.Status(rawValue: $0) },
      readyTransition: time(cells[4]), startTime: time(cells[5]), containers: containers)
  }

  /// What the metrics API answers for one metric of the spec.
  private func values(of metric: Int, _ step: JSON, _ now: Instant) throws -> QueryResult {
    guard try step.elements("metricAvailable")[metric].bool == true else {
      return .refused(.unavailable)
    }
    switch autoscaler.metrics[metric].source {
    case .object, .external:
      switch try step.elements("globalValuesMilli")[metric] {
      case .int(let value): return .values([value])
      case .array(let values): return .values(values.compactMap(\.int))
      case let other: throw EvidenceError("no value of a metric: \(other)")
      }
    case .resource, .containerResource, .pods: break
    }
    let timestamp = now - .seconds(rounding: try step.number("metricTimestampAge"))
    var metrics: PodMetrics = [:]
    for row in try step.elements("pods") {
      guard let name = row.array?[0].string, let milli = row.array?[6].array?[metric].int else {
        continue
      }
      metrics[name] = PodMetric(milli: milli, timestamp: timestamp, window: window)
    }
    return .podMetrics(metrics)
  }

  private func state(_ scaledTo: Int?) -> JSON {
    let status = autoscaler.status
    var conditions: [String: JSON] = [:]
    for condition in status.conditions {
      conditions[condition.type] = AutoscalerJSON.condition(condition.status, condition.reason)
    }
    return [
      "desiredReplicas": .int(Int64(status.desiredReplicas)),
      "currentReplicas": .int(Int64(status.currentReplicas)),
      "scaledTo": scaledTo.map { .int(Int64($0)) } ?? .null, "conditions": .object(conditions),
      "currentMetrics": .array(status.currentMetrics.map { $0.map(AutoscalerJSON.json) ?? .null }),
      "lastScaleTime": status.lastScaleTime.map { .int($0.seconds) } ?? .null,
      "error": memory.failure.map { .string("\($0)") } ?? .null,
    ]
  }
}
