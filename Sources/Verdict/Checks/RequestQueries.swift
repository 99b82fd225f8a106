import ClusterAPI
import Units
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
  public static let rate = lastSecond(count, "")
  public static let failures = lastSecond(count, "{\(failedOnly)}")
  /// Of their 99th percentile, in seconds.
  public static let slowest =
    "histogram_quantile(0.99, " + lastSecond(bucket, "{\(waited)}", by: "server_address, le") + ")"

  private static let failedOnly = "error_type!=\"\""
  private static let waited = "error_type=~\"|timeout\""

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

  private static func lastSecond(
    _ metric: String, _ selector: String, by: String = "server_address"
  ) -> String {
    "sum by (\(by)) (\(metric)\(selector)) - sum by (\(by)) (\(metric)\(selector) offset 1s)"
  }

  /// `0.99`
  private static func share(_ share: Ratio) -> String { String(share.value) }

  /// `1700000060.250`
  private static func seconds(_ milliseconds: Int64) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
