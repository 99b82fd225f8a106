import ClusterAPI

/// An amount of a resource under the name, and in the unit, in which kube-state-metrics shows it.
struct ExposedResource {
  enum Holder {
    case node, container
  }

  var name: String
  /// `core`, `byte` or `integer`.
  var unit: String
  var value: Double

  /// Nil for resources that are not shown: of the `kubernetes.io` domain, or `pods` of a container.
  init?(_ resource: String, _ amount: Quantity, of holder: Holder) {
    switch resource {
    case "cpu": unit = "core"
    case "memory", "storage", "ephemeral-storage": unit = "byte"
    case "pods" where holder == .node: unit = "integer"
    case _ where resource.hasPrefix("hugepages-") || resource.hasPrefix("attachable-volumes-"):
      unit = "byte"
    case _ where ExposedResource.isExtended(resource): unit = "integer"
    default: return nil
    }
    name = LabelAllowlist.labelName(resource)
    value =
      resource == "cpu" || holder == .node
      ? Double(amount.milliValue) / 1000 : Double(amount.value)
  }

  /// Resources of device plugins and of operators, such as `nvidia.com/gpu`.
  private static func isExtended(_ resource: String) -> Bool {
    resource.contains("/") && !resource.contains("kubernetes.io/")
      && !resource.hasPrefix("requests.")
  }
}

extension ObjectSeries {
  /// One series for each resource that is shown.
  mutating func add(
    _ suffix: String, _ resources: ResourceList, of holder: ExposedResource.Holder,
    _ labels: (name: String, value: String)...
  ) {
    if !wants(suffix) { return }
    for (resource, amount) in resources {
      guard let shown = ExposedResource(resource, amount, of: holder) else { continue }
      add(suffix, shown.value, labels + [("resource", shown.name), ("unit", shown.unit)])
    }
  }
}
