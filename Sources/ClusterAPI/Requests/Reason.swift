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
