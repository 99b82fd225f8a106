extension MetricTarget {
  /// CPU at so many per cent of the request.
  public static func cpu(utilization: Int) -> MetricTarget {
    MetricTarget(source: .resource(name: "cpu"), target: .utilization(utilization))
  }
}

extension HorizontalPodAutoscaler {
  /// What the API server stores of a spec (`SetDefaults_HorizontalPodAutoscaler`, Kubernetes 1.36).
  ///
  /// A behavior is filled only where one is written, be it empty; the window of its scale-down stays
  /// open, for the controller's own to apply.
  public var defaulted: HorizontalPodAutoscaler {
    var object = self
    object.minReplicas = minReplicas ?? 1
    if metrics.isEmpty { object.metrics = [.cpu(utilization: 80)] }
    if let behavior {
      object.behavior = ScalingBehavior(
        scaleUp: behavior.scaleUp.filled(window: 0, policies: ScalingRules.upPolicies),
        scaleDown: behavior.scaleDown.filled(window: nil, policies: ScalingRules.downPolicies))
    }
    return object
  }
}

extension ScalingRules {
  fileprivate static let upPolicies = [
    ScalingPolicy(type: "Pods", value: 4, periodSeconds: 15),
    ScalingPolicy(type: "Percent", value: 100, periodSeconds: 15),
  ]
  fileprivate static let downPolicies = [
    ScalingPolicy(type: "Percent", value: 100, periodSeconds: 15)
  ]
}

extension ScalingRules? {
  fileprivate func filled(window: Int?, policies: [ScalingPolicy]) -> ScalingRules {
    var rules = self ?? ScalingRules()
    rules.stabilizationWindowSeconds = rules.stabilizationWindowSeconds ?? window
    rules.selectPolicy = rules.selectPolicy ?? "Max"
    rules.policies = rules.policies ?? policies
    return rules
  }
}
