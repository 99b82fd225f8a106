import ClusterAPI

/// What an autoscaler wants and the reasons of its conditions, after every sync.
enum AutoscalerCheck: FidelityCheck {
  static let name = "autoscaler"

  /// A status at a moment.
  struct Status: Hashable, Sendable {
    var at: Double
    var desired: Int64
    /// Of AbleToScale, ScalingActive and ScalingLimited.
    var conditions: [String]

    /// What is compared.
    var words: String { "desired \(desired), " + conditions.joined(separator: ", ") }
  }

  static func finding(_ pair: Pair) throws -> Finding {
    var finding = Finding()
    guard let load = try RecordedLoad(pair.recording) else { return finding }
    let recorded = pair.recording.timeline.filter { $0["hpa"] != nil }.compactMap(status)
    let simulated = pair.journal.autoscalers.map(status)
    for (index, sync) in load.syncs.enumerated() {
      // What a sync wrote stands until the next one; the last may have been cut off.
      guard index + 1 < load.syncs.count else { break }
      let next = load.syncs[index + 1]
      let wanted = recorded.last { $0.at < next }?.words ?? "nothing"
      let found = simulated.last { $0.at < next }?.words ?? "nothing"
      if wanted == found { continue }
      finding.differences.append(
        "sync at \(sync.rounded3) s: recorded \(wanted); simulated \(found)")
    }
    return finding
  }

  private static let types = ["AbleToScale", "ScalingActive", "ScalingLimited"]

  private static func status(_ entry: JSON) -> Status? {
    guard let at = entry["t"]?.number else { return nil }
    return Status(
      at: at, desired: entry["desired"]?.int ?? 0,
      conditions: types.map { entry["conditions"]?[$0]?.string ?? "-" })
  }

  private static func status(_ entry: Journal.AutoscalerEntry) -> Status {
    let status = entry.object.status
    return Status(
      at: entry.at, desired: Int64(status.desiredReplicas),
      conditions: types.map { type in
        status.conditions.first { $0.type == type }
          .map { "\($0.status.rawValue)/\($0.reason)" } ?? "-"
      })
  }
}
