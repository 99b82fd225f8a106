import ClusterAPI
public import Units

/// A metric of an analysis with all that it says filled in.
public struct AnalysisMetric: Hashable, Sendable {
  public var name = ""
  /// PromQL.
  public var query = ""
  /// Between two measurements; nil: there is only one.
  public var interval: Span?
  /// Before the first measurement.
  public var initialDelay = Span.zero
  /// How many measurements are taken; nil: endlessly.
  public var count: Int?
  public var successCondition: AnalysisCondition?
  public var failureCondition: AnalysisCondition?
  /// Failed measurements that are let pass; -1: any number.
  public var failureLimit = 0
  public var inconclusiveLimit = 0
  /// Errors in a row that are let pass.
  public var consecutiveErrorLimit = 4
  /// Successes in a row that are enough; 0: they are not counted.
  public var consecutiveSuccessLimit = 0
  /// It is measured and does not count.
  public var isDryRun = false

  public init() {}

  /// What one answer of Prometheus says (`EvaluateResult`).
  ///
  /// - Parameter result: nil: Prometheus could not say.
  func phase(of result: MeasuredResult?) -> AnalysisPhase {
    guard let result else { return .error }
    do throws(ConditionError) {
      let success = try successCondition?.holds(result)
      let failure = try failureCondition?.holds(result)
      switch (success, failure) {
      case (nil, nil): return .successful
      case (let success?, nil): return success ? .successful : .failed
      case (nil, let failure?): return failure ? .failed : .successful
      case (_, true?): return .failed
      case (let success?, false?): return success ? .successful : .inconclusive
      }
    } catch {
      return .error
    }
  }
}
