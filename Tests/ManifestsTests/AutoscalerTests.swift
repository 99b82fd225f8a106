import ClusterAPI
import Manifests
import Testing

struct AutoscalerTests {
  private func text(_ version: String, _ spec: String) -> String {
    """
    apiVersion: autoscaling/\(version)
    kind: HorizontalPodAutoscaler
    metadata: {name: a}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 10
      \(spec)
    """
  }

  private func autoscaler(
    _ version: String, _ spec: String, lines: [String] = []
  ) throws -> HorizontalPodAutoscaler {
    let set = read(text(version, spec))
    #expect(set.lines == lines)
    guard case .horizontalPodAutoscaler(let object) = try #require(set.objects.first) else {
      throw OtherKind()
    }
    return object
  }

  private struct OtherKind: Error {}

  private let cpu80 = MetricTarget(source: .resource(name: "cpu"), target: .utilization(80))

  @Test func withoutMetricsTheCPUIsHeldAt80PerCent() throws {
    let object = try autoscaler("v2", "minReplicas: 2")
    #expect(object.metrics == [cpu80])
    #expect(object.minReplicas == 2)
    #expect(object.maxReplicas == 10)
    #expect(object.targetKind == "Deployment")
    #expect(object.targetName == "web")
    #expect(try autoscaler("v1", "").metrics == [cpu80])
  }

  @Test func allMetricTypesAreRead() throws {
    let object = try autoscaler(
      "v2",
      """
      metrics:
        - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
        - type: ContainerResource
          containerResource:
            {name: cpu, container: app, target: {type: Utilization, averageUtilization: 60}}
        - type: Pods
          pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: 1k}}
        - type: Object
          object:
            describedObject: {apiVersion: v1, kind: Service, name: web}
            metric: {name: rps, selector: {matchLabels: {verb: GET}}}
            target: {type: Value, value: 2k}
        - type: External
          external: {metric: {name: depth}, target: {type: AverageValue, averageValue: 30}}
      """)
    #expect(
      object.metrics == [
        MetricTarget(source: .resource(name: "memory"), target: .averageValue(Quantity(1 << 30))),
        MetricTarget(
          source: .containerResource(name: "cpu", container: "app"), target: .utilization(60)),
        MetricTarget(
          source: .pods(metric: "rps", selector: nil), target: .averageValue(Quantity(1000))),
        MetricTarget(
          source: .object(
            metric: "rps", selector: LabelSelector(matchLabels: ["verb": "GET"]),
            apiVersion: "v1", kind: "Service", name: "web"), target: .value(Quantity(2000))),
        MetricTarget(
          source: .external(metric: "depth", selector: nil), target: .averageValue(Quantity(30))),
      ])
  }

  @Test func behaviourIsRead() throws {
    let object = try autoscaler(
      "v2",
      """
      behavior:
          scaleDown:
            stabilizationWindowSeconds: 60
            selectPolicy: Min
            policies: [{type: Percent, value: 10, periodSeconds: 60}]
      """)
    #expect(object.behavior?.scaleUp == nil)
    #expect(object.behavior?.scaleDown?.stabilizationWindowSeconds == 60)
    #expect(object.behavior?.scaleDown?.selectPolicy == "Min")
    #expect(
      object.behavior?.scaleDown?.policies == [
        ScalingPolicy(type: "Percent", value: 10, periodSeconds: 60)
      ])
  }

  @Test func olderVersionsAreReadAsTheirSuccessor() throws {
    #expect(
      try autoscaler("v1", "targetCPUUtilizationPercentage: 80").metrics == [cpu80])
    let note = { (version: String) in
      "test.yaml:1:13: note: HorizontalPodAutoscaler of `autoscaling/\(version)` is no longer "
        + "served; it is read as `autoscaling/v2`; write that"
    }
    #expect(
      try autoscaler(
        "v2beta2",
        "metrics: [{type: Resource, resource: {name: cpu, "
          + "target: {type: Utilization, averageUtilization: 80}}}]",
        lines: [note("v2beta2")]
      ).metrics == [cpu80])
    #expect(
      try autoscaler(
        "v2beta1",
        "metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 80}}]",
        lines: [note("v2beta1")]
      ).metrics == [cpu80])
  }

  @Test func aMetricWithoutItsBlockOrValueIsAnError() {
    #expect(
      read(text("v2", "metrics: [{type: Pods}, {type: Resource, resource: {name: cpu}}]")).lines
        == [
          "test.yaml:7:13: error: spec.metrics[0]: a metric of type Pods needs `pods`; add `pods:`",
          "test.yaml:7:54: error: spec.metrics[1].resource.target: required field is missing; "
            + "add `target:`",
        ])
    #expect(
      read(
        text(
          "v2", "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization}}}]")
      ).lines == [
        "test.yaml:7:60: error: spec.metrics[0].resource: the target's value of type Utilization "
          + "is missing; add `averageUtilization:`, per cent of the request"
      ])
  }

  @Test func theBoundsAreInOrder() {
    #expect(
      read(text("v2", "minReplicas: 11")).lines == [
        "test.yaml:6:16: error: spec.maxReplicas: 10 is less than minReplicas, 11; "
          + "raise it to 11 or more"
      ])
  }
}
