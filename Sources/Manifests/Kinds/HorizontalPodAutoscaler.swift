import ClusterAPI
import YAML

extension KindReader {
  static let horizontalPodAutoscaler = autoscaler(
    removed: ["autoscaling/v2beta2"],
    Table {
      $0.autoscalerBounds()
      $0.field("metrics", \.metrics, .list(of: Metrics.current))
      $0.field("behavior", \.behavior, behavior)
    }
  )

  /// Still served, and has no metric but the CPU.
  static let horizontalPodAutoscalerV1 = autoscaler(
    served: ["autoscaling/v1"],
    Table {
      $0.autoscalerBounds()
      $0.custom("targetCPUUtilizationPercentage", shape: Codec<Int>.positive.shape) {
        autoscaler, node, reading in
        guard let share = Codec<Int>.positive.read(node, &reading) else { return }
        autoscaler.metrics = [.cpu(utilization: share)]
      }
    }
  )

  static let horizontalPodAutoscalerV2beta1 = autoscaler(
    served: [], removed: ["autoscaling/v2beta1"],
    Table {
      $0.autoscalerBounds()
      $0.field("metrics", \.metrics, .list(of: Metrics.beta))
    }
  )

  private static func autoscaler(
    served: [String]? = nil, removed: [String] = [], _ spec: Table<HorizontalPodAutoscaler>
  ) -> KindReader {
    KindReader(
      .horizontalPodAutoscaler, "autoscaling/v2", served: served, removed: removed,
      initial: HorizontalPodAutoscaler(
        meta: ObjectMeta(name: ""), targetAPIVersion: "", targetKind: "", targetName: "",
        maxReplicas: 0),
      unmodelled: \.unmodelled, as: { .horizontalPodAutoscaler($0) },
      table: Table {
        $0.header(\.meta)
        $0.inside("spec", required: true, spec)
      }
    ) { autoscaler, node, reading in
      autoscaler.setDefaultMetric(in: node)
      reading.checkBounds(autoscaler, node)
    }
  }

  private static let behavior = Codec.object(
    ScalingBehavior(),
    Table {
      $0.field("scaleUp", \.scaleUp, scalingRules)
      $0.field("scaleDown", \.scaleDown, scalingRules)
    }
  ).map { ScalingBehavior?.some($0) }

  private static let scalingRules = Codec.object(
    ScalingRules(),
    Table {
      $0.field(
        "stabilizationWindowSeconds", \.stabilizationWindowSeconds, .integer(in: 0...3600))
      $0.field("selectPolicy", \.selectPolicy, .word(of: ["Max", "Min", "Disabled"]))
      $0.field("policies", \.policies, .list(of: scalingPolicy))
      $0.field("tolerance", \.tolerance, .quantity)
    }
  ).map { ScalingRules?.some($0) }

  private static let scalingPolicy = Codec.object(
    ScalingPolicy(type: "", value: 0, periodSeconds: 0),
    Table {
      $0.field("type", \.type, .word(of: ["Pods", "Percent"]), required: true)
      $0.field("value", \.value, .positive, required: true)
      $0.field("periodSeconds", \.periodSeconds, .integer(in: 1...1800), required: true)
    })
}

extension Codec<Int> {
  /// An `int32` that validation wants to be 1 or more.
  fileprivate static var positive: Codec { integer(in: 1...Int64(Int32.max)) }
}

extension Table<HorizontalPodAutoscaler> {
  fileprivate mutating func autoscalerBounds() {
    inside(
      "scaleTargetRef", required: true,
      Table {
        $0.field("apiVersion", \.targetAPIVersion, .string)
        $0.field("kind", \.targetKind, .string, required: true)
        $0.field("name", \.targetName, .string, required: true)
      })
    field("minReplicas", \.minReplicas, .count)
    field("maxReplicas", \.maxReplicas, .positive, required: true)
  }
}

extension HorizontalPodAutoscaler {
  /// Where no metric is written, 80 % of the CPU request (`SetDefaults_HorizontalPodAutoscaler`).
  fileprivate mutating func setDefaultMetric(in node: YAMLNode) {
    let written = node["spec"]?["metrics"]?.sequence ?? []
    if metrics.isEmpty, written.isEmpty { metrics = [.cpu(utilization: 80)] }
  }
}

extension Reading {
  fileprivate mutating func checkBounds(_ autoscaler: HorizontalPodAutoscaler, _ node: YAMLNode) {
    guard let least = autoscaler.minReplicas, autoscaler.maxReplicas > 0,
      least > autoscaler.maxReplicas
    else { return }
    at(.key("spec")) { reading in
      reading.at(.key("maxReplicas")) {
        $0.report(
          .error, at: node["spec"]?["maxReplicas"] ?? node,
          "\(autoscaler.maxReplicas) is less than minReplicas, \(least)",
          remedy: "raise it to \(least) or more")
      }
    }
  }
}
