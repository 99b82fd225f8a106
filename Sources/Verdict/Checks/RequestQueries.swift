import ClusterAPI
public import Units
import World

/// The queries of what the clients of Services see, over the metrics of the loads' generators
/// (`LoadMetrics`).
///
/// Counters are subtracted, where a dashboard would take `increase`: their generators never restart, and so
/// no request is extrapolated.
public enum RequestQueries {
  private static let count = LoadMetrics.duration + "_count"
  private static let bucket = LoadMetrics.duration + "_bucket"

  /// What is asked of in any of them: whole metrics, at the instants themselves.
  public static let announced = [count, bucket]

  /// What is asked of in `failures`, `rate`, `lost` and `slow` alone.
  ///
  /// - Parameter bound: nil: nothing counts as slow.
  public static func announced(slowerThan bound: Span?) -> [String] {
    [count] + (bound.map { ["\(bucket){\(within($0))}"] } ?? [])
  }

  /// Requests that ended since an instant.
  static func requests(_ service: ObjectKey, since: Int64) -> String {
    grown(count, selector(service), since)
  }

  /// Those of them that failed.
  static func failed(_ service: ObjectKey, since: Int64) -> String {
    grown(count, selector(service, failedOnly), since)
  }

  static func errorRatio(_ service: ObjectKey, since: Int64) -> String {
    "(\(failed(service, since: since))) / (\(requests(service, since: since)))"
  }

  /// A quantile of the duration of requests that ended since an instant, in seconds: of those that
  /// were answered well, and of those whose client waited in vain. Other failures come fast.
  static func latency(
    _ quantile: Ratio, _ service: ObjectKey, since: Int64
  ) -> String {
    "histogram_quantile(\(share(quantile)), "
      + grown(bucket, selector(service, waited), since, by: "le") + ")"
  }

  /// Requests that ended in each second, by Service.
  public static let rate = lastSecond { sum(count, "", $0) }
  public static let failures = lastSecond { sum(count, "{\(failedOnly)}", $0) }
  /// Of their 99th percentile, in seconds.
  public static let slowest =
    "histogram_quantile(0.99, "
    + lastSecond { sum(bucket, "{\(waited)}", $0, by: "server_address, le") } + ")"
  /// Those that no pod answered, by what became of them.
  public static let lost = lastSecond {
    sum(count, "{error_type!~\"|500\"}", $0, by: "error_type")
  }

  /// Those that were answered well, but later than after some time.
  public static func slow(_ bound: Span) -> String {
    lastSecond {
      "(" + sum(count, "{\(answered)}", $0) + " - " + sum(bucket, "{\(within(bound))}", $0) + ")"
    }
  }

  private static let answered = "error_type=\"\""
  private static let failedOnly = "error_type!=\"\""
  private static let waited = "error_type=~\"|timeout\""

  private static func within(_ bound: Span) -> String {
    "\(answered),le=\"\(LoadMetrics.le(bound))\""
  }

  private static func selector(_ service: ObjectKey, _ more: String? = nil) -> String {
    let own = "server_address=\"\(LoadMetrics.address(of: service))\""
    return "{" + [own, more].compactMap(\.self).joined(separator: ",") + "}"
  }

  private static func grown(
    _ metric: String, _ selector: String, _ since: Int64, by: String? = nil
  ) -> String {
    let sum = by.map { "sum by (\($0)) " } ?? "sum"
    return "\(sum)(\(metric)\(selector)) - \(sum)(\(metric)\(selector) @ \(seconds(since)))"
  }

  /// What a query says now less what it said a second ago.
  ///
  /// - Parameter query: given what stands behind its selectors.
  private static func lastSecond(_ query: (_ modifier: String) -> String) -> String {
    query("") + " - " + query(" offset 1s")
  }

  private static func sum(
    _ metric: String, _ selector: String, _ modifier: String, by: String = "server_address"
  ) -> String { "sum by (\(by)) (\(metric)\(selector)\(modifier))" }

  /// `0.99`
  private static func share(_ share: Ratio) -> String { String(share.value) }

  /// `1700000060.250`
  private static func seconds(_ milliseconds: Int64) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
