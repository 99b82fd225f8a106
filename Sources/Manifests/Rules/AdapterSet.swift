public import ClusterAPI
public import Control

/// What files say to prometheus-adapter: configuration files, values of its Helm chart, and ConfigMaps.
public struct AdapterSet: Sendable {
  /// One configuration with its place.
  public struct Entry: Sendable {
    /// Those without errors.
    public var rules: AdapterRules
    /// Whether the adapter would start with it; otherwise it serves nothing.
    public var isAccepted: Bool
    public var location: SourceLocation
    /// `namespace/name` of the ConfigMap; nil in a file.
    public var object: String?
  }

  /// In the order of the files.
  public internal(set) var entries: [Entry] = []
  /// In the order of the files, and by position inside each.
  public internal(set) var diagnostics: [Diagnostic] = []

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
