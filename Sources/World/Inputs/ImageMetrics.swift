public import Units

/// What the processes of an image show of themselves.
public struct ImageMetrics: Hashable, Sendable {
  /// Name of the counter of requests.
  public var requests = "http_requests_total"
  /// Name of the histogram of their duration: in seconds, or in milliseconds where it ends in
  /// `_milliseconds`.
  public var duration = "http_request_duration_seconds"
  /// Upper bounds of its buckets, ascending.
  public var buckets = MetricBuckets.clientGolang
  /// Whether they show what vLLM does; nil: where the image is called so.
  public var vllm: Bool?
  /// The share of a request's service after which its first token comes; nil: nothing is known of it.
  public var firstToken: Ratio?

  public init() {}

  /// Whether an image with these metrics shows what vLLM does.
  func isVLLM(_ image: String) -> Bool { vllm ?? Wildcard.matches("*vllm*", image) }
}
