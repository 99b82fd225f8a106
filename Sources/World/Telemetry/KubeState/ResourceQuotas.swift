import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_resourcequota", ["namespace", "resourcequota"])

  static let resourceQuotaFamilies: [MetricFamily] = [
    shape.gauge("", "how much of a resource is enforced (hard) and used", ["resource", "type"]),
    shape.created,
    shape.kubernetesLabels,
  ]

  static func expose(
    _ object: ResourceQuota, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    for (type, amounts) in [("hard", object.status.hard), ("used", object.status.used)] {
      for (resource, amount) in amounts {
        series.add(
          "", Double(amount.milliValue) / 1000, ("resource", resource), ("type", type))
      }
    }
    series.add(labels: meta.labels, of: "resourcequotas", allowed: options.labels)
    return series.exposition
  }
}
