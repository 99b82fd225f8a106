public import ClusterAPI
public import Control

/// What manifests say of analyses: AnalysisTemplates of Argo Rollouts, and Canaries of Flagger with their
/// MetricTemplates.
public struct AnalysisSet: Sendable {
  /// A document with its place.
  public struct Entry<Value: Sendable>: Sendable {
    public var value: Value
    public var location: SourceLocation
    /// Metrics that are left out as a simulation cannot ask them: errors, for whoever uses the document.
    public var unsupported: [Diagnostic] = []
  }

  /// A document with errors, which is not there.
  public struct Rejection: Hashable, Sendable {
    /// `AnalysisTemplate`, `ClusterAnalysisTemplate` or `Canary`.
    public var kind: String
    /// Empty for a ClusterAnalysisTemplate.
    public var namespace: String
    public var name: String
    public var location: SourceLocation
  }

  /// Those without errors, in the order of the files.
  public internal(set) var templateEntries: [Entry<AnalysisTemplate>] = []
  public internal(set) var canaryEntries: [Entry<CanaryAnalysis>] = []
  public internal(set) var rejections: [Rejection] = []
  /// In the order of the files, and by position inside each.
  public internal(set) var diagnostics: [Diagnostic] = []

  public init() {}

  public var templates: [AnalysisTemplate] { templateEntries.map(\.value) }
  public var canaries: [CanaryAnalysis] { canaryEntries.map(\.value) }
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
