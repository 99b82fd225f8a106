public import ClusterAPI

/// The kinds that are simulated, or that what is simulated depends on.
public enum KindCatalog {
  static let all: [KindReader] = [
    .configMap,
    .deployment,
    .secret,
    .service,
  ]

  /// The kinds in alphabetical order, each with the API versions that are read.
  public static var kinds: [(kind: Kind, apiVersions: [String])] {
    all.map { ($0.kind, $0.versions.map(\.apiVersion)) }
  }
}
