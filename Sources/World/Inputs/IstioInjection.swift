public import ClusterAPI

/// Which pods have Istio's proxy beside their containers.
public struct IstioInjection: Sendable {
  /// Namespaces with the label `istio-injection: enabled`.
  private var namespaces: Set<String>

  public init(_ objects: some Sequence<ClusterObject>) {
    namespaces = Set(
      objects.compactMap { object in
        guard case .namespace(let it) = object, it.meta.labels["istio-injection"] == "enabled"
        else { return nil }
        return it.meta.name
      })
  }

  /// Whether the injector adds one, or the template brings it along.
  public func applies(to template: PodTemplate, in namespace: String) -> Bool {
    let containers = template.spec.initContainers + template.spec.containers
    if containers.contains(where: { $0.name == "istio-proxy" }) { return true }
    let asked = "sidecar.istio.io/inject"
    if let own = template.labels[asked] ?? template.annotations[asked] { return own == "true" }
    return namespaces.contains(namespace)
  }
}
