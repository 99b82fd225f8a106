import ClusterAPI

extension KubeState {
  private static let configMaps = ObjectFamilies("kube_configmap", ["namespace", "configmap"])
  private static let secrets = ObjectFamilies("kube_secret", ["namespace", "secret"])

  static let configMapFamilies: [MetricFamily] = [
    configMaps.created,
    configMaps.kubernetesLabels,
    configMaps.gauge("info", "1"),
    configMaps.gauge("metadata_resource_version", "the resourceVersion under which it is stored"),
  ]

  static let secretFamilies: [MetricFamily] = [
    secrets.created,
    secrets.kubernetesLabels,
    secrets.owner,
    secrets.gauge("info", "1"),
    secrets.gauge("metadata_resource_version", "the resourceVersion under which it is stored"),
    secrets.gauge("type", "1; the type of the Secret", ["type"]),
  ]

  static func expose(
    configMap object: ConfigData, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(
      configMaps, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("info", 1)
    series.add("created", at: meta.creationTimestamp)
    series.add("metadata_resource_version", Double(meta.resourceVersion))
    series.add(labels: meta.labels, of: "configmaps", allowed: options.labels)
    return series.exposition
  }

  static func expose(
    secret object: ConfigData, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(
      secrets, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("info", 1)
    series.add("created", at: meta.creationTimestamp)
    series.add("metadata_resource_version", Double(meta.resourceVersion))
    series.add(ownerKind: meta.owner?.kind.name, name: meta.owner?.name)
    series.add("type", 1, ("type", object.type ?? "Opaque"))
    series.add(labels: meta.labels, of: "secrets", allowed: options.labels)
    return series.exposition
  }
}
