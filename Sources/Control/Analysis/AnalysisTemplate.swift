/// `argoproj.io/v1alpha1` AnalysisTemplate or ClusterAnalysisTemplate, before its arguments are known.
public struct AnalysisTemplate: Hashable, Sendable {
  /// Which template, as a Rollout names it (`templates[]`).
  public struct Reference: Hashable, Sendable {
    /// `templateName`
    public var name: String
    /// `clusterScope`: a ClusterAnalysisTemplate.
    public var isOfCluster: Bool

    public init(name: String, isOfCluster: Bool = false) {
      (self.name, self.isOfCluster) = (name, isOfCluster)
    }
  }

  /// A metric as it is written: every text may hold `{{args.NAME}}`.
  public struct Metric: Hashable, Sendable {
    public var name = ""
    /// `provider.prometheus.query`
    public var query = ""
    /// Durations as Go writes them (`1m30s`).
    public var interval: String?
    public var initialDelay: String?
    /// Whole numbers.
    public var count: String?
    public var failureLimit: String?
    public var inconclusiveLimit: String?
    public var consecutiveErrorLimit: String?
    public var consecutiveSuccessLimit: String?
    /// Expressions, as `AnalysisCondition` reads them.
    public var successCondition: String?
    public var failureCondition: String?

    public init() {}
  }

  public var reference = Reference(name: "")
  /// Empty: a ClusterAnalysisTemplate.
  public var namespace = ""
  /// `spec.args`: what it needs, with what holds where nobody says otherwise.
  public var arguments: [AnalysisArgument] = []
  public var metrics: [Metric] = []
  /// `spec.dryRun[].metricName`: regular expressions of metrics that do not count.
  public var dryRun: [String] = []
  /// `spec.templates`: others, whose metrics it brings along.
  public var templates: [Reference] = []

  public init() {}
}

/// An argument of an analysis: its name, and where its value comes from.
public struct AnalysisArgument: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// Whoever starts the analysis has to say.
    case required
    case value(String)
    /// `valueFrom.podTemplateHashValue: Latest`: that of the revision that is judged.
    case latestHash
    /// `valueFrom.podTemplateHashValue: Stable`: that of the last good revision.
    case stableHash
    /// `valueFrom.fieldRef.fieldPath`: a field of the workload, such as `metadata.labels['region']`.
    case field(String)
  }

  public var name: String
  public var source: Source

  public init(_ name: String, _ source: Source = .required) {
    (self.name, self.source) = (name, source)
  }
}
