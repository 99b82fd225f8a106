/// The statuses of StatefulSets and DaemonSets where things have settled, and how their revisions are
/// numbered and deleted.
enum SetStatusCheck: FidelityCheck {
  static let name = "set status"

  static func finding(_ pair: Pair) throws -> Finding {
    var finding = Finding()
    if pair.recording.isRepeatable == false { return finding }
    let timeline = pair.recording.timeline
    let entries = timeline.filter { ($0["sts"] != nil || $0["ds"] != nil) && $0["ev"] == nil }
    let recorded = try settled(
      entries.map { (try $0.number("t"), $0.without(["t", "partition", "terminating"])) })
    let simulated = settled(pair.journal.sets.statuses.map { ($0.at, $0.status) })
    for index in 0..<max(recorded.count, simulated.count) {
      let wanted = index < recorded.count ? comparable(recorded[index]) : "nothing"
      let found = index < simulated.count ? comparable(simulated[index]) : "nothing"
      if wanted == found { continue }
      finding.differences.append(
        "status \(index + 1): recorded \(wanted), simulated \(found)")
      break
    }
    let revisions = try timeline.filter { $0["crev"] != nil }.map {
      let number = $0["ev"] == nil ? String(try $0.int("revision")) : "deleted"
      return try $0.string("crev") + " " + number
    }
    if revisions != pair.journal.sets.revisions {
      finding.differences.append(
        "revisions: recorded \(revisions), simulated \(pair.journal.sets.revisions)")
    }
    return finding
  }

  /// An absent revision is the same as none.
  private static func comparable(_ status: JSON) -> String {
    let members = (status.object ?? [:]).filter { !$0.value.isNull }
    return JSON.object(members).description
  }

  private static func settled(_ all: [(at: Double, status: JSON)]) -> [JSON] {
    var result: [JSON] = []
    for (index, entry) in all.enumerated() {
      if index + 1 < all.count, all[index + 1].at - entry.at < 0.7 { continue }
      if result.last.map(comparable) != comparable(entry.status) { result.append(entry.status) }
    }
    return result
  }
}
