import ClusterAPI
import Units
import World

/// What a recording's metrics API answered, and when its autoscaler was synced.
struct RecordedLoad {
  /// Queries of one sync, and the status that it writes, are no farther apart than this.
  private static let syncLength = 3.0
  /// From one sync to the next, in seconds: the period and what a sync takes.
  private static let period = 15.1

  private(set) var scripts: [MetricScript] = []
  /// Seconds; ascending.
  private(set) var syncs: [Double] = []

  /// nil: nothing is scaled by load.
  init?(_ recording: Recording) throws {
    guard let load = recording.load else { return nil }
    let target = try recording.manifests.first { $0["kind"]?.string == "HorizontalPodAutoscaler" }?
      .require("spec").require("scaleTargetRef")
    guard let target else { return nil }
    let workload = ObjectKey(
      Kind(try target.string("kind"), group: "apps"), namespace: "default",
      name: try target.string("name"))
    for (resource, unit) in [("cpu", Int64(1)), ("memory", 1000)] where load[resource] != nil {
      scripts.append(try RecordedLoad.script(resource, of: workload, load, unit: unit))
    }
    syncs = RecordedLoad.syncs(recording)
  }

  /// - Parameter unit: thousandths in one of the recording's units.
  private static func script(
    _ resource: String, of workload: ObjectKey, _ load: JSON, unit: Int64
  ) throws -> MetricScript {
    guard let sharing = MetricScript.Sharing(rawValue: try load.string("type")) else {
      throw EvidenceError("a load has the unknown type \(load)")
    }
    var script = MetricScript(.resource(resource, of: workload), sharing: sharing)
    script.steps = try load.elements(resource).map { step in
      guard let cells = step.array, cells.count == 2, let from = cells[0].number,
        let value = cells[1].int
      else { throw EvidenceError("no step of a load: \(step)") }
      return .init(at: .zero + .seconds(rounding: from), milli: value * unit)
    }
    for (key, isEverybody) in [("missing", false), ("none", true)] {
      for gap in try load.elements(key) {
        let pods = try gap.strings("pods").compactMap { Int($0.dropFirst()) }
        script.gaps.append(
          .init(
            from: .zero + .seconds(rounding: try gap.number("from")),
            to: .zero + .seconds(rounding: try gap.number("to")), pods: isEverybody ? nil : pods))
      }
    }
    if let window = load["window"]?.number { script.window = .seconds(rounding: window) }
    return script
  }

  /// Seen by their queries or, where a sync asked for no metrics, by the status that it wrote; those
  /// that left no trace lie evenly between.
  private static func syncs(_ recording: Recording) -> [Double] {
    var seen: [Double] = []
    var created: Double?
    for entry in recording.timeline {
      guard let at = entry["t"]?.number else { continue }
      if entry["hpa"] != nil {
        if created == nil {
          created = at
        } else if seen.last.map({ at - $0 > syncLength }) ?? true {
          // The status is written a little later than the sync begins.
          seen.append(at - 0.05)
        }
      } else if entry["metrics"] != nil, seen.last.map({ at - $0 > syncLength }) ?? true {
        seen.append(at)
      }
    }
    guard let created else { return [] }
    var syncs: [Double] = []
    var last = created
    for at in seen + [recording.duration + period] {
      let count = max(1, Int(((at - last) / period).rounded()))
      for index in 1..<max(1, count) {
        syncs.append(last + (at - last) * Double(index) / Double(count))
      }
      syncs.append(at)
      last = at
    }
    return syncs.filter { $0 < recording.duration }
  }
}
