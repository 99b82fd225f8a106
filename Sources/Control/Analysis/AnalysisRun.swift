public import ClusterAPI
public import Units

/// How far an analysis has come: the status of an AnalysisRun. All times are whole seconds.
public struct AnalysisRun: Hashable, Sendable {
  /// What is known of one metric.
  public struct Result: Hashable, Sendable {
    public var phase = AnalysisPhase.running
    /// Measurements that were no errors.
    public var count = 0
    public var successful = 0
    public var failed = 0
    public var inconclusive = 0
    public var errors = 0
    public var consecutiveErrors = 0
    public var consecutiveSuccesses = 0
    /// `measurements[-1].phase`
    public var last = AnalysisPhase.pending
    /// `measurements[-1].finishedAt`
    public var lastFinished: Timestamp

    init(lastFinished: Timestamp) { self.lastFinished = lastFinished }

    /// Enters a measurement.
    mutating func add(_ phase: AnalysisPhase, at time: Timestamp) {
      (last, lastFinished) = (phase, time)
      consecutiveErrors = phase == .error ? consecutiveErrors + 1 : 0
      consecutiveSuccesses = phase == .successful ? consecutiveSuccesses + 1 : 0
      switch phase {
      case .successful: successful += 1
      case .failed: failed += 1
      case .inconclusive: inconclusive += 1
      case .error: errors += 1
      case .running, .pending: break
      }
      if phase != .error { count += 1 }
    }
  }

  /// Where there is no interval, an error is tried again after this time (`DefaultErrorRetryInterval`).
  static let errorRetry = Span.seconds(10)

  public var phase = AnalysisPhase.pending
  public var startedAt: Timestamp?
  /// By metric; nil: not yet measured.
  public var results: [Result?]
  /// The metric that made the phase what it is.
  public var worst: Int?

  public init(metrics: Int) { results = Array(repeating: nil, count: metrics) }

  /// A metric that counts has ended badly: nothing more is measured.
  func isTerminating(_ metrics: [AnalysisMetric]) -> Bool {
    zip(metrics, results).contains { metric, result in
      guard let phase = result?.phase, !metric.isDryRun else { return false }
      return phase >= .inconclusive
    }
  }

  /// When a metric is measured next; nil: not any more (`generateMetricTasks`).
  func due(_ metric: AnalysisMetric, _ result: Result?, started: Timestamp) -> Timestamp? {
    guard let result else { return started.adding(metric.initialDelay) }
    if result.phase.isCompleted { return nil }
    if let count = metric.count, result.count >= count { return nil }
    return result.lastFinished.adding(metric.interval ?? AnalysisRun.errorRetry)
  }

  /// When something is to be measured next; nil: never.
  public func next(_ metrics: [AnalysisMetric]) -> Timestamp? {
    guard !phase.isCompleted, let startedAt, !isTerminating(metrics) else { return nil }
    return zip(metrics, results).compactMap { due($0, $1, started: startedAt) }.min()
  }
}

extension Timestamp {
  /// Later; parts of a second count as a whole one, as what is due is due in whole seconds.
  func adding(_ span: Span) -> Timestamp {
    Timestamp(seconds: seconds + (span.ns + 999_999_999) / 1_000_000_000)
  }
}
