import Recording
import Units

/// How long a fault held.
struct FaultSpan {
  var from: Instant
  /// nil: the fault is a blow.
  var to: Instant?
  var words: String
  /// Whether the picture shades it: one that holds during all that is judged tells nothing there.
  var isShaded: Bool

  /// The faults of a run in the order of their beginning.
  static func all(_ run: RunRecord) -> [FaultSpan] {
    run.faults.map { fault in
      let to = fault.to ?? (fault.isBlow ? nil : run.end)
      let holdsThroughout = fault.from <= run.changeAt && to.map { $0 >= run.end } ?? false
      return FaultSpan(
        from: fault.from, to: to, words: Words.fault(fault),
        isShaded: to != nil && !holdsThroughout)
    }
  }
}
