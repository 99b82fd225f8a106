import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_namespace", ["namespace"])

  static let namespaceFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.gauge(
      "status_phase", "1 for the phase that the namespace is in, 0 for the other", ["phase"]),
  ]

  /// A namespace that is there is active: none is ever being deleted.
  static func expose(
    _ object: Namespace, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(shape, [meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    series.add("status_phase", oneOf: ["Active", "Terminating"], under: "phase") { $0 == "Active" }
    series.add(labels: meta.labels, of: "namespaces", allowed: options.labels)
    return series.exposition
  }
}
