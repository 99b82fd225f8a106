import ClusterAPI

extension Metrics {
  /// Of `autoscaling/v2beta1`, whose targets have no type.
  static let beta = metric(isTyped: false) { table in
    table.block(
      "resource",
      Table {
        $0.field("name", \.resource, .string, required: true)
        $0.field("targetAverageUtilization", \.utilization, .integer)
        $0.field("targetAverageValue", \.averageValue, .quantity)
      })
    table.block(
      "containerResource",
      Table {
        $0.field("name", \.resource, .string, required: true)
        $0.field("container", \.container, .string, required: true)
        $0.field("targetAverageUtilization", \.utilization, .integer)
        $0.field("targetAverageValue", \.averageValue, .quantity)
      })
    table.block(
      "pods",
      Table {
        $0.field("metricName", \.metric, .string, required: true)
        $0.field("selector", \.selector, Shapes.labelSelector)
        $0.field("targetAverageValue", \.averageValue, .quantity, required: true)
      })
    table.block(
      "object",
      Table {
        $0.inside("target", required: true, reference)
        $0.field("metricName", \.metric, .string, required: true)
        $0.field("selector", \.selector, Shapes.labelSelector)
        $0.field("targetValue", \.value, .quantity)
        $0.field("averageValue", \.averageValue, .quantity)
      })
    table.block(
      "external",
      Table {
        $0.field("metricName", \.metric, .string, required: true)
        $0.field("metricSelector", \.selector, Shapes.labelSelector)
        $0.field("targetValue", \.value, .quantity)
        $0.field("targetAverageValue", \.averageValue, .quantity)
      })
  }
}
