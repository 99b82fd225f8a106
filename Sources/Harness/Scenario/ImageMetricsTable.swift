import ClusterAPI
import Manifests
import Units
import World
import YAML

/// `images[].metrics`
enum ImageMetricsTable {
  static let table = Table<ImageMetrics> {
    $0.key("requests", \.requests, name, "counter of requests; default `http_requests_total`")
    $0.key(
      "duration", \.duration, name,
      "histogram of their duration, in seconds unless it ends in `_milliseconds`; default `http_request_duration_seconds`"
    )
    $0.key(
      "buckets", \.buckets, buckets,
      "upper bounds of the histogram, ascending; default 5ms, 10ms, 25ms, ... 10s")
    $0.key("vllm", \.vllm, .boolean, "shows what vLLM does; default: where the image is called so")
    $0.key(
      "firstToken", \.firstToken, .share,
      "share of a request's service after which its first token comes; default: nothing is known")
  }

  private static let name = Codec<String>(
    shape: .text(
      form: "name of a metric", pattern: "^[a-zA-Z_:][a-zA-Z0-9_:]*$", isNumberToo: false)
  ) { node, reading in
    guard let text = Codec<String>.string.read(node, &reading) else { return nil }
    let isWord = text.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":") || ($0 < 0x80 && isAlphanumeric($0))
    }
    guard isWord, text.first?.isNumber == false else {
      reading.report(
        .error, at: node, "`\(node.excerpt)` is no name of a metric",
        remedy: "write letters, digits and `_`, such as http_requests_total")
      return nil
    }
    let own = ImageMetrics()
    if text != own.requests, text != own.duration, MetricCatalog.family(ofSeries: text) != nil {
      reading.report(
        .error, at: node, "another exporter shows the metric `\(text)`",
        remedy: "write a name of its own")
      return nil
    }
    return text
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
  }

  private static let buckets = Codec<[Span]>.list(of: .positiveSpan)
    .notEmpty("bound", such: "[5ms, 10ms]").map { bounds, node, reading in
      if zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) { return bounds }
      reading.report(
        .error, at: node, "the bounds do not ascend", remedy: "write such as [5ms, 10ms, 25ms]")
      return nil
    }
}
