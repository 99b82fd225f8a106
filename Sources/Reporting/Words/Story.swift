import ClusterAPI
import Recording
import Units

/// The happenings of a run that matter, those of one kind that follow each other taken together.
struct Story {
  struct Line {
    var group: HappeningGroup
    var from: Instant
    var to: Instant
    /// Entries of the timeline that it stands for.
    var count = 1
    var text: String
  }

  private(set) var lines: [Line] = []
  private let run: RunRecord
  /// Lines that a later entry may still join, by what they are about.
  private var open: [String: Int] = [:]
  /// The line of each condition's present state.
  private var conditions: [String: (words: String, index: Int)] = [:]

  /// Entries farther apart than this are told one by one.
  private static let gap = Span.seconds(60)

  init(_ run: RunRecord) {
    self.run = run
    for entry in run.timeline { add(entry) }
  }

  private mutating func add(_ entry: TimelineEntry) {
    let words = Words.happening(entry.happening, in: run)
    switch entry.happening {
    case .alertFires(let name, _): join(entry, "alert \(name) fires", words) { _ in }
    case .alertPending: tell(entry, words)
    case .alertResolved(let name, _): join(entry, "alert \(name) resolved", words) { _ in }
    case .applied, .refused, .fault, .decided, .reported, .replicaSetCreated, .nodeReady:
      tell(entry, words)
    case .replicaSetScaled(let key, let from, let to), .scaled(let key, let from, let to):
      let way = to > from ? "up" : "down"
      join(entry, "scale \(way) \(key.description)", words) { line in
        guard let range = line.text.ranges(of: " to ").last else { return }
        line.text = "\(line.text[..<range.upperBound])\(to)"
      }
    case .condition(let key, let condition):
      join(entry, condition: "\(key.description) \(condition.type)", words)
    case .podReady(let pod): join(entry, of: pod, "ready")
    case .podUnready(let pod): join(entry, of: pod, "no longer ready")
    case .podGone(let pod): join(entry, of: pod, "gone")
    case .volumeBusy(let pod, _, _):
      join(entry, of: pod, "waits for its volume (Multi-Attach error)")
    case .podPreempted(let pod, _): join(entry, of: pod, "preempted")
    case .podRejected(let pod, _): join(entry, of: pod, "UnexpectedAdmissionError")
    case .podEvicted(let pod, nil): join(entry, of: pod, "evicted")
    case .podEvicted(let pod, .some): join(entry, of: pod, "not evicted: disruption budget")
    case .imagePullFailed(let pod): join(entry, of: pod, "ErrImagePull")
    case .outOfMemory(let pod): join(entry, of: pod, "OOMKilled")
    case .containerExited(let pod, _): join(entry, of: pod, "container exited")
    case .crashLoopBackOff(let pod, _): join(entry, of: pod, "CrashLoopBackOff")
    case .containerKilled(let pod, let reason):
      join(entry, of: pod, "container killed: \(Words.kill(reason))")
    case .probeFailed(let pod, let kind, let timedOut):
      join(entry, of: pod, "\(kind.rawValue) probe \(timedOut ? "timed out" : "failed")")
    case .podUnschedulable(let pod, let message):
      join(entry, of: pod, "FailedScheduling: \(message)")
    case .conflict(let key):
      join(entry, "conflict \(key.description)", words) { line in
        line.text = "\(words), \(line.count) times"
      }
    case .podCreated, .podBound, .imagePulled, .podRunning, .podTerminating: break
    }
  }

  private mutating func tell(_ entry: TimelineEntry, _ words: String) {
    lines.append(
      Line(
        group: HappeningGroup(entry.happening), from: entry.at, to: entry.at, text: words))
  }

  /// Pods of one ReplicaSet are told together.
  private mutating func join(_ entry: TimelineEntry, of pod: PodID, _ what: String) {
    let name = Words.podName(pod, in: run)
    let set = name.lastIndex(of: "-").map { String(name[..<$0]) } ?? name
    join(entry, "pods \(set) \(what)", "pod/\(name) \(what)") { line in
      line.text = "pods of \(set): \(what), \(line.count) times"
    }
  }

  /// A condition is told when it changes; states that come back again and again are told together.
  private mutating func join(
    _ entry: TimelineEntry, condition subject: String, _ words: String
  ) {
    if let present = conditions[subject], present.words == words {
      lines[present.index].to = entry.at
      return
    }
    join(entry, words, words) { $0.text = "\(words), \($0.count) times" }
    conditions[subject] = (words, open[words] ?? lines.count - 1)
  }

  /// - Parameter change: rewords the line with the entry.
  private mutating func join(
    _ entry: TimelineEntry, _ subject: String, _ words: String, _ change: (inout Line) -> Void
  ) {
    if let index = open[subject], entry.at - lines[index].to <= Story.gap {
      lines[index].count += 1
      lines[index].to = entry.at
      change(&lines[index])
      return
    }
    tell(entry, words)
    open[subject] = lines.count - 1
  }
}
