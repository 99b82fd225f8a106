public import ClusterAPI
public import Units

/// What a `flagger.app/v1beta1` Canary measures: the part of `spec.analysis` that judges.
public struct CanaryAnalysis: Hashable, Sendable {
  /// An entry of `spec.analysis.metrics`.
  public struct Check: Hashable, Sendable {
    /// What is measured.
    public enum Source: Hashable, Sendable {
      /// `request-success-rate`, in per cent.
      case successRate
      /// `request-duration`: the 99th percentile in milliseconds.
      case duration
      /// The text of a MetricTemplate, or one that expands to that of `query`.
      case query(String)
    }

    public var name = ""
    /// `interval`, as it is written: what `{{ interval }}` stands for, and the range of the built-in
    /// queries, which is `1m` where none is written. For a template it is empty then, as Flagger has it.
    public var interval = "1m"
    public var source = Source.successRate
    /// `thresholdRange`, bounds included.
    public var min: Double?
    public var max: Double?
    /// `templateVariables`
    public var variables: [AnalysisVariable] = []

    public init() {}
  }

  /// The Canary's own key.
  public var canary: ObjectKey
  /// Empty: that of the controller, Istio here.
  public var provider = ""
  /// `spec.targetRef.name`
  public var target = ""
  /// `spec.service.name`, or the target's.
  public var service = ""
  /// `spec.ingressRef.name`, or the target's.
  public var ingress = ""
  /// `spec.routeRef.name`, or the target's.
  public var route = ""
  /// Between two ticks; 60 s where none is written, 10 s at least.
  public var interval = Span.seconds(60)
  /// Failed checks from which the revision is rolled back; 1 at least.
  public var threshold = 1
  public var checks: [Check] = []

  public init(canary: ObjectKey) { self.canary = canary }
}

/// A name with a value, for the texts of queries.
public struct AnalysisVariable: Hashable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}
