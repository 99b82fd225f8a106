import ClusterAPI
import Recording
import Units

/// How long a fault held, as far as the timeline tells.
struct FaultSpan {
  var from: Instant
  /// nil: the fault is a blow, or changes something for good.
  var to: Instant?
  var words: String

  /// The faults of a run in the order of their beginning.
  static func all(_ run: RunRecord) -> [FaultSpan] {
    var spans: [FaultSpan] = []
    var open: [(topic: Topic, index: Int)] = []
    for entry in run.timeline {
      guard case .fault(let text) = entry.happening else { continue }
      let topic = Topic(text)
      if let topic, let index = open.firstIndex(where: { $0.topic.name == topic.name }) {
        spans[open[index].index].to = entry.at
        open.remove(at: index)
        if topic.isEnd { continue }
      }
      if let topic, topic.isEnd { continue }
      spans.append(FaultSpan(from: entry.at, to: nil, words: text))
      if let topic { open.append((topic, spans.count - 1)) }
    }
    // What never ended holds to the end of the run; a version that is bad is so for good.
    for (topic, index) in open where !topic.isBehaviour { spans[index].to = run.end }
    return spans
  }

  /// What a fault that begins and ends is about, by the words of the world.
  private struct Topic {
    var name: String
    var isEnd: Bool
    var isBehaviour = false

    init?(_ text: String) {
      if text.hasPrefix("load of "), let range = text.ranges(of: " times ").last {
        name = String(text[..<range.lowerBound])
        isEnd = text[range.upperBound...] == "1.0"
      } else if text.hasPrefix("registry "), let range = text.firstRange(of: " to deliver ") {
        name = String(text[range.lowerBound...])
        isEnd = text.hasPrefix("registry begins again")
      } else if text.hasPrefix("API server: ") {
        name = "API server"
        isEnd = text.hasPrefix("API server: 0 ms more, 0 % ")
      } else if let range = text.ranges(of: ": ").last {
        let change = text[range.upperBound...]
        isBehaviour = true
        if change == "never ready" || change == "ready again" {
          name = text[..<range.lowerBound] + " ready"
          isEnd = change == "ready again"
          return
        }
        guard
          let end = Topic.ends.first(where: { change.hasPrefix($0.0) && change.hasSuffix($0.1) })
        else { return nil }
        name = text[..<range.lowerBound] + end.0 + end.1
        isEnd = change == end.0 + end.2 + end.1
      } else {
        return nil
      }
    }

    /// How a changed behaviour of an image is worded: before and after its figure, and the figure
    /// that ends it.
    private static let ends: [(String, String, String)] = [
      ("", " % of requests answered with 500", "0"), ("service time times ", "", "1"),
      ("start-up time times ", "", "1"), ("leaks ", " KiB per request", "0"),
    ]
  }
}
