import ClusterAPI
import Recording
import Units

/// A moment that a picture points out, by a numbered badge.
struct Mark {
  var at: Instant
  var group: HappeningGroup
  var words: String
  /// From 1, in order of time.
  var number = 0
  /// The row of badges in which it has room.
  var lane = 0

  /// More than these are only listed below the picture.
  static let most = 24

  /// Changes, faults, decisions and the terminal state.
  static func all(_ run: RunRecord, _ faults: [FaultSpan], _ time: TimeAxis) -> [Mark] {
    var marks: [Mark] = []
    for entry in run.timeline {
      guard case .applied(let key) = entry.happening else { continue }
      if marks.last?.at == entry.at {
        marks[marks.count - 1].words += ", \(key.description)"
      } else {
        marks.append(Mark(at: entry.at, group: .change, words: "applied \(key.description)"))
      }
    }
    for fault in faults {
      let end = fault.to.map { $0 < run.end ? " (until \(Words.time($0)))" : " (to the end)" } ?? ""
      marks.append(Mark(at: fault.from, group: .fault, words: fault.words + end))
    }
    for decision in run.decisions {
      marks.append(Mark(at: decision.at, group: .decision, words: Words.decision(decision)))
    }
    if let outcome = run.outcome, let settled = run.settled {
      marks.append(
        Mark(
          at: run.changeAt + settled, group: .condition,
          words: "\(Words.outcome(outcome)), \(Words.span(settled)) after the change"))
    }
    let sorted = marks.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    return place(sorted.prefix(most).map(\.element), time)
  }

  /// Numbers them and gives each its lane.
  private static func place(_ marks: [Mark], _ time: TimeAxis) -> [Mark] {
    var marks = marks
    for (index, lane) in Badge.lanes(marks.map(\.at), time).enumerated() {
      marks[index].lane = lane
      marks[index].number = index + 1
    }
    return marks
  }
}
