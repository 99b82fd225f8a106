import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies(
    "kube_persistentvolumeclaim", ["namespace", "persistentvolumeclaim"])

  static let persistentVolumeClaimFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.gauge("access_mode", "1; a way in which pods may use the volume", ["access_mode"]),
    shape.gauge(
      "info", "1; class, name and mode of the volume",
      ["storageclass", "volumename", "volumemode"]),
    shape.gauge("resource_requests_storage_bytes", "the size that the claim asks for"),
  ]

  static func expose(
    _ object: PersistentVolumeClaim, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    for mode in object.accessModes { series.add("access_mode", 1, ("access_mode", mode)) }
    series.add(
      "info", 1,
      (
        "storageclass",
        meta.annotations["volume.beta.kubernetes.io/storage-class"]
          ?? object.storageClassName ?? ""
      ),
      ("volumename", object.volumeName ?? ""), ("volumemode", object.volumeMode ?? ""))
    if let size = object.resources.requests["storage"] {
      series.add("resource_requests_storage_bytes", size.value)
    }
    series.add(labels: meta.labels, of: "persistentvolumeclaims", allowed: options.labels)
    return series.exposition
  }
}
