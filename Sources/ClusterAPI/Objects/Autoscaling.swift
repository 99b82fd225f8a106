public import Units

public struct MetricTarget: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    /// Per cent of the request.
    case utilization(Int)
    case averageValue(Quantity)
    case value(Quantity)
  }

  public enum Source: Hashable, Sendable {
    case resource(name: String)
    case containerResource(name: String, container: String)
    case pods(metric: String, selector: LabelSelector?)
    case object(
      metric: String, selector: LabelSelector?, apiVersion: String, kind: String, name: String)
    case external(metric: String, selector: LabelSelector?)
  }

  public var source: Source
  public var target: Value

  public init(source: Source, target: Value) {
    self.source = source
    self.target = target
  }
}

public struct ScalingPolicy: Hashable, Sendable {
  /// `Pods` or `Percent`.
  public var type: String
  public var value: Int
  public var periodSeconds: Int

  public init(type: String, value: Int, periodSeconds: Int) {
    self.type = type
    self.value = value
    self.periodSeconds = periodSeconds
  }
}

public struct ScalingRules: Hashable, Sendable {
  public var stabilizationWindowSeconds: Int?
  /// `Max`, `Min` or `Disabled`.
  public var selectPolicy: String?
  public var policies: [ScalingPolicy]?
  public var tolerance: Quantity?

  public init() {}
}

public struct ScalingBehavior: Hashable, Sendable {
  public var scaleUp: ScalingRules?
  public var scaleDown: ScalingRules?

  public init(scaleUp: ScalingRules? = nil, scaleDown: ScalingRules? = nil) {
    self.scaleUp = scaleUp
    self.scaleDown = scaleDown
  }
}

/// What a metric came to when it was read last; the fields that its target asks for.
public struct MetricStatus: Hashable, Sendable {
  /// Per cent of the request.
  public var averageUtilization: Int?
  /// Thousandths.
  public var averageValueMilli: Int64?
  /// Thousandths.
  public var valueMilli: Int64?

  public init(
    averageUtilization: Int? = nil, averageValueMilli: Int64? = nil, valueMilli: Int64? = nil
  ) {
    self.averageUtilization = averageUtilization
    self.averageValueMilli = averageValueMilli
    self.valueMilli = valueMilli
  }
}

public struct HorizontalPodAutoscalerStatus: Hashable, Sendable {
  public var observedGeneration: Int64 = 0
  public var currentReplicas = 0
  public var desiredReplicas = 0
  public var lastScaleTime: Timestamp?
  /// By the metrics of the spec; nil for one that could not be read.
  public var currentMetrics: [MetricStatus?] = []
  /// AbleToScale, ScalingActive and ScalingLimited.
  public var conditions: [Condition] = []

  public init() {}
}

public struct HorizontalPodAutoscaler: Hashable, Sendable {
  public var meta: ObjectMeta
  public var targetAPIVersion: String
  public var targetKind: String
  public var targetName: String
  /// nil: 1.
  public var minReplicas: Int?
  public var maxReplicas: Int
  public var metrics: [MetricTarget] = []
  /// nil: none is written, which is not the same as one with nothing in it.
  public var behavior: ScalingBehavior?
  public var status = HorizontalPodAutoscalerStatus()
  public var unmodelled: [UnmodelledField] = []

  public init(
    meta: ObjectMeta, targetAPIVersion: String, targetKind: String, targetName: String,
    maxReplicas: Int
  ) {
    self.meta = meta
    self.targetAPIVersion = targetAPIVersion
    self.targetKind = targetKind
    self.targetName = targetName
    self.maxReplicas = maxReplicas
  }

  /// The workload that it scales.
  public var target: ObjectKey {
    let parts = targetAPIVersion.split(separator: "/")
    return ObjectKey(
      Kind(targetKind, group: parts.count == 2 ? String(parts[0]) : ""),
      namespace: meta.namespace, name: targetName)
  }
}
