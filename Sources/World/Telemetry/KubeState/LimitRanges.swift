import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_limitrange", ["namespace", "limitrange"])

  static let limitRangeFamilies: [MetricFamily] = [
    shape.gauge(
      "", "a bound or a default of a resource", ["resource", "type", "constraint"]),
    shape.created,
  ]

  static func expose(
    _ object: LimitRange, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    for item in object.limits {
      let constraints = [
        ("min", item.minimum), ("max", item.maximum), ("default", item.defaultLimits),
        ("defaultRequest", item.defaultRequests),
        ("maxLimitRequestRatio", item.maxLimitRequestRatio),
      ]
      for (constraint, amounts) in constraints {
        for (resource, amount) in amounts {
          series.add(
            "", Double(amount.milliValue) / 1000, ("resource", resource), ("type", item.type),
            ("constraint", constraint))
        }
      }
    }
    return series.exposition
  }
}
