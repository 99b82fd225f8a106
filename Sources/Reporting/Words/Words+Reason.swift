public import ClusterAPI
import Units

extension Words {
  /// Why something was decided: `error ratio of service/web 10.2 % over 60 s (limit 1 %, ...)`.
  public static func reason(_ reason: Reason) -> String {
    self.reason(reason, requestsTo: " to the new revision")
  }

  /// - Parameter to: whose requests an objective was measured by.
  private static func reason(_ reason: Reason, requestsTo to: String) -> String {
    switch reason {
    case .progressDeadlineExceeded(let deadline, let updated, let available, let wanted):
      "no progress within progressDeadlineSeconds (\(count(deadline)) s): \(updated) of \(wanted) "
        + "pods updated, \(available) available"
    case .crashLooping(let pods, let restarts, let threshold):
      "containers crash-looping: \(count(restarts, "restart")) in \(count(pods, "pod")) of the "
        + "new revision (threshold \(threshold))"
    case .errorRatioExceeded(let service, let measured, let threshold, let window, let requests):
      "error ratio of \(service.description) \(percent(measured)) over \(span(window)) "
        + "(limit \(percent(threshold)), \(count(requests, "request"))\(to))"
    case .latencyExceeded(
      let service, let quantile, let measured, let threshold, let window, let requests):
      "\(self.quantile(quantile)) latency of \(service.description) \(span(measured)) over "
        + "\(span(window)) (limit \(span(threshold)), \(count(requests, "request"))\(to))"
    case .queryBroken(let query, let measured, let bound):
      "\(query) is \(NumberBound.text(measured)), must be \(bound.words)"
    case .metricAssessed(let metric, let phase, let number, let limit, let last):
      "metric \(metric) of the analysis is \(phase.rawValue): \(measurements(number, phase)), at most "
        + "\(limit) allowed" + (last.isEmpty ? "" : " (last value \(last.joined(separator: ", ")))")
    case .analysisInvalid(let message):
      "the analysis cannot be made: \(message)"
    case .checksFailed(let canary, let failed, let threshold, let check, let last, let min, let max):
      "\(count(failed, "failed check")) of \(canary.description) (threshold \(threshold)), at last "
        + "\(check): \(last ?? "no data")\(bounds(min, max))"
    case .rolloutHealthy(let available, let wanted, let watched):
      "rollout complete: \(available) of \(wanted) pods available, every objective held over "
        + span(watched)
    case .restoredHealthy(let revision, let available, let took):
      "revision \(revision) is back: \(count(available, "pod")) available after \(span(took))"
    case .notRestored(let revision, let available, let took, let still):
      "revision \(revision) is back: \(count(available, "pod")) available after \(span(took)), but "
        + "\(self.reason(still, requestsTo: "")): the revision rolled back is not the cause, or not alone"
    case .noEarlierRevision:
      "there is no earlier revision to roll back to"
    }
  }

  /// `2 failed measurements`, `5 errors in a row`
  private static func measurements(_ number: Int, _ phase: AnalysisPhase) -> String {
    switch phase {
    case .error: count(number, "error") + " in a row"
    case .inconclusive: count(number, "inconclusive measurement")
    case .failed, .successful, .running, .pending: count(number, "failed measurement")
    }
  }

  /// ` (min 99)`
  private static func bounds(_ min: Double?, _ max: Double?) -> String {
    let words = [
      min.map { "min \(NumberBound.text($0))" }, max.map { "max \(NumberBound.text($0))" },
    ].compactMap { $0 }
    return words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
  }

  /// `p99`, `p99.9`
  static func quantile(_ quantile: Ratio) -> String {
    "p" + trimmed(decimal(quantile.ppm, unit: 10_000, digits: 4))
  }

  /// What was done, and why: `...: rolled back revision 2`.
  public static func decision(_ decision: Decision, taken: DecisionOption) -> String {
    "\(reason(decision.reason)): \(done(taken)) revision \(decision.revision)"
  }

  static func done(_ option: DecisionOption) -> String {
    switch option {
    case .promote: "promoted"
    case .rollBack: "rolled back"
    case .wait: "left as it is:"
    }
  }

  public static func option(_ option: DecisionOption) -> String {
    switch option {
    case .promote: "promote"
    case .rollBack: "roll back"
    case .wait: "wait"
    }
  }

  /// What the other branch does.
  static func doing(_ option: DecisionOption) -> String {
    switch option {
    case .promote: "promoting"
    case .rollBack: "rolling back"
    case .wait: "waiting"
    }
  }
}
