import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_service", ["namespace", "service", "uid"])

  static let serviceFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.gauge(
      "info", "1; the addresses of the Service",
      ["cluster_ip", "external_name", "external_traffic_policy"]),
    shape.gauge(
      "ports", "1; a port of the Service",
      [
        "port_name", "port_protocol", "port_number", "port_target", "port_app_protocol",
        "port_node_number",
      ]),
    shape.gauge("spec_type", "1; the type of the Service", ["type"]),
  ]

  static func expose(_ object: Service, _ epoch: Int64, _ options: Options) -> Exposition {
    let meta = object.meta
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name, text(uid: meta.uid)], epoch: epoch, options)
    series.add(
      "info", 1, ("cluster_ip", object.clusterIP ?? ""),
      ("external_name", object.externalName ?? ""),
      ("external_traffic_policy", object.externalTrafficPolicy ?? ""))
    series.add("created", at: meta.creationTimestamp)
    series.add("spec_type", 1, ("type", object.type))
    for port in object.ports {
      series.add(
        "ports", 1, ("port_name", port.name ?? ""), ("port_protocol", port.networkProtocol),
        ("port_number", String(port.port)), ("port_target", port.targetPort.description),
        ("port_app_protocol", port.appProtocol ?? ""),
        ("port_node_number", String(port.nodePort ?? 0)))
    }
    series.add(labels: meta.labels, of: "services", allowed: options.labels)
    return series.exposition
  }
}
