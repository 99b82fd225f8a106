import ClusterAPI

/// The heap of a Java or Node.js program is allowed to grow to the memory limit, and the rest of the process comes on top.
enum HeapFillsLimit: FindingRule {
  static let id = "heap-fills-limit"
  static let title = "the heap may grow to the memory limit"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.compactMap { container in
      guard let limit = container.resources.limits["memory"]?.value, let heap = heap(of: container),
        // Threads, classes and code of a small service take a tenth at least.
        heap > limit / 10 * 9
      else { return nil }
      let megabytes = heap >> 20
      return finding(
        .warning, workload.key, part: container.name,
        "the heap of \(container.name) may grow to \(megabytes)Mi and the limit is "
          + "\(limit >> 20)Mi, which threads and classes must fit in too: it is killed (OOMKilled) before "
          + "the heap is full", .when("if the heap is used up"))
    }
  }

  /// Of the last `-Xmx`, or `--max-old-space-size`, that the manifest gives.
  private static func heap(of container: Container) -> Int64? {
    var texts = container.words
    for variable in container.environment {
      if case .value(let text) = variable.source { texts.append(text) }
    }
    let words = texts.flatMap { $0.split { $0.isWhitespace || $0 == "\"" || $0 == "'" } }
    if let word = words.last(where: { $0.hasPrefix("-Xmx") }) { return bytes(word.dropFirst(4)) }
    let node = "--max-old-space-size="
    guard let word = words.last(where: { $0.hasPrefix(node) }) else { return nil }
    return bytes(word.dropFirst(node.count) + "m")
  }

  private static func bytes(_ text: Substring) -> Int64? {
    guard let suffix = text.last else { return nil }
    let shift: Int64? =
      switch suffix {
      case "k", "K": 10
      case "m", "M": 20
      case "g", "G": 30
      default: nil
      }
    guard let shift else { return Int64(text) }
    guard let number = Int64(text.dropLast()), number < 1 << 20 else { return nil }
    return number << shift
  }
}
