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
    // What never ended holds to the end of the run.
    for (_, index) in open { spans[index].to = run.end }
    return spans
  }

  /// What a fault that begins and ends is about, by the words of the world.
  private struct Topic {
    var name: Substring
    var isEnd: Bool

    init?(_ text: String) {
      if text.hasPrefix("load of "), let range = text.ranges(of: " times ").last {
        name = text[..<range.lowerBound]
        isEnd = text[range.upperBound...] == "1.0"
      } else if text.hasPrefix("registry "), let range = text.firstRange(of: " to deliver ") {
        name = text[range.lowerBound...]
        isEnd = text.hasPrefix("registry begins again")
      } else if text.hasPrefix("API server: ") {
        name = "API server"
        isEnd = text.hasPrefix("API server: 0 ms more, 0 % ")
      } else {
        return nil
      }
    }
  }
}
