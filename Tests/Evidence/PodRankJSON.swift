import ClusterAPI
import Control
import Units

/// Reads the pods of the two families about the order of deletion.
enum PodRankJSON {
  /// - Parameters:
  ///   - rank: the number of related pods on the pod's node.
  static func podRank(_ pod: JSON, rank: Int) throws -> PodRank {
    PodRank(
      assigned: try pod.string("nodeName") != "", phase: try phase(try pod.string("phase")),
      ready: try pod.bool("ready"),
      deletionCost: PodDeletionCost.parse(pod["podDeletionCost"]?.string), rank: rank,
      readyAge: pod["readyAgeSeconds"]?.number.map { .seconds(rounding: $0) },
      maxRestarts: Int(try pod.elements("restarts").compactMap(\.int).max() ?? 0),
      creationAge: pod["creationAgeSeconds"]?.number.map { .seconds(rounding: $0) },
      uid: try pod.string("uid"))
  }

  private static func phase(_ text: String) throws -> PodRank.Phase {
    switch text {
    case "Pending": return .pending
    case "Unknown": return .unknown
    case "Running": return .running
    default: throw EvidenceError("phase of no active pod: \(text)")
    }
  }

  /// Neither ended nor being deleted.
  static func isActive(_ pod: JSON) -> Bool {
    let phase = pod["phase"]?.string
    return phase != "Succeeded" && phase != "Failed" && pod["deleting"]?.bool != true
  }
}
