public import ClusterAPI
import Units

/// Templates of Argo Rollouts by which a guard judges a revision, as a Rollout's background analysis.
public struct GuardAnalysis: Hashable, Sendable {
  /// With those that they name.
  public var templates: [AnalysisTemplate]
  /// `args`, which come before those of the templates.
  public var arguments: [AnalysisArgument]

  public init(templates: [AnalysisTemplate], arguments: [AnalysisArgument] = []) {
    (self.templates, self.arguments) = (templates, arguments)
  }

  /// What arguments stand for.
  public struct Subject: Hashable, Sendable {
    public var meta: ObjectMeta
    /// `pod-template-hash` of the revision that is judged, and of the last good one.
    public var latest: String
    public var stable: String
    /// What labels and annotations are that the workload does not have; nil: an error.
    public var missing: String?

    public init(meta: ObjectMeta, latest: String, stable: String, missing: String? = nil) {
      (self.meta, self.latest, self.stable, self.missing) = (meta, latest, stable, missing)
    }
  }

  /// The metrics, with arguments filled in.
  ///
  /// - Throws: where an argument has no value, or a text says nothing that its field can hold.
  public func metrics(_ subject: Subject) throws(AnalysisError) -> [AnalysisMetric] {
    var variables: [AnalysisVariable] = []
    for argument in templates.flatMap(\.arguments) + arguments {
      let value: String? =
        switch argument.source {
        case .required: nil
        case .value(let text): text
        case .latestHash: subject.latest
        case .stableHash: subject.stable
        case .field(let path): try GuardAnalysis.field(path, of: subject)
        }
      guard let value else { continue }
      variables.removeAll { $0.name == argument.name }
      variables.append(AnalysisVariable(argument.name, value))
    }
    return try AnalysisTemplate.metrics(of: templates, variables)
  }

  /// `metadata.name`, `metadata.labels['app']`, ...
  private static func field(
    _ path: String, of subject: Subject
  ) throws(AnalysisError) -> String {
    let meta = subject.meta
    switch path {
    case "metadata.name": return meta.name
    case "metadata.namespace": return meta.namespace
    default: break
    }
    for (prefix, labels) in [
      ("metadata.labels['", meta.labels), ("metadata.annotations['", meta.annotations),
    ] where path.hasPrefix(prefix) && path.hasSuffix("']") {
      let name = String(path.dropFirst(prefix.count).dropLast(2))
      guard let value = labels[name] ?? subject.missing else {
        throw AnalysisError("`\(path)`: the workload has no \(name)")
      }
      return value
    }
    throw AnalysisError("`\(path)` is no field that an argument can be read from")
  }
}
