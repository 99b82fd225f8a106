import ClusterAPI

/// The MetricTemplates that checks of Canaries refer to.
struct MetricCatalog {
  private let templates: [CanaryFields.Template]

  init(_ templates: [CanaryFields.Template]) { self.templates = templates }

  /// Of two with one key the later one counts.
  func template(_ name: String, in namespace: String) -> CanaryFields.Template? {
    templates.last { $0.meta.name == name && $0.namespace == namespace }
  }

  /// The names of a namespace.
  func names(in namespace: String) -> [String] {
    templates.filter { $0.namespace == namespace }.map(\.meta.name)
  }

  /// Where else there is one of a name.
  func namespaces(of name: String) -> [String] {
    templates.filter { $0.meta.name == name }.map(\.namespace)
  }
}
