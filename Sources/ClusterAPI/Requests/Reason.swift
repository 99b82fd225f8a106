public import Units

/// Why something was decided: a case with its figures; the words are made where it is shown.
public indirect enum Reason: Codable, Hashable, Sendable {
  /// The Deployment's condition Progressing is False/ProgressDeadlineExceeded.
  case progressDeadlineExceeded(deadlineSeconds: Int, updated: Int, available: Int, wanted: Int)
  /// Containers of the new revision restart again and again.
  case crashLooping(pods: Int, restarts: Int, threshold: Int)
  case errorRatioExceeded(
    service: ObjectKey, measured: Ratio, threshold: Ratio, window: Span, requests: Int64)
  case latencyExceeded(
    service: ObjectKey, quantile: Ratio, measured: Span, threshold: Span, window: Span,
    requests: Int64)
  /// A query of the user has an answer that it must not have.
  case queryBroken(query: String, measured: Double, bound: NumberBound)
  /// A metric of an analysis has ended badly: so many measurements more than its limit allows.
  ///
  /// `last`: the values of the last measurement; empty where there were none.
  case metricAssessed(
    metric: String, phase: AnalysisPhase, count: Int, limit: Int, last: [String])
  /// An analysis cannot be made.
  case analysisInvalid(message: String)
  /// The checks of a Canary have failed as often as its threshold allows.
  ///
  /// `last`: what the check that failed last measured; nil: no data.
  case checksFailed(
    canary: ObjectKey, failed: Int, threshold: Int, check: String, last: String?, min: Double?,
    max: Double?)
  /// The rollout is complete and every objective was held over the whole watch.
  case rolloutHealthy(available: Int, wanted: Int, watched: Span)
  /// The rollback is complete: the good revision is available again.
  case restoredHealthy(revision: Int64, available: Int, took: Span)
  /// The good revision is available again, and its service still breaks a limit: the revision that
  /// was rolled back is not, or not alone, the cause.
  case notRestored(revision: Int64, available: Int, took: Span, still: Reason)
  /// There is no earlier revision to return to.
  case noEarlierRevision
}
