import Control
import Units

/// `replicaset.getPodsToDelete`.
enum ReplicaSetScaleDown: Family {
  static let name = "replicaset_scale_down"

  static func answer(to input: JSON) throws -> JSON {
    let pods = try input.elements("pods")
    let all = try pods + input.elements("otherReplicaSetPods")
    let names = try Set(all.map { try $0.string("nodeName") }).sorted()
    let node = { (pod: JSON) in
      names.firstIndex(of: pod["nodeName"]?.string ?? "").map { NodeID($0) } ?? .none
    }
    let counts = PodsToDelete.ranks(
      pods.map(node), related: all.filter(PodRankJSON.isActive).map(node))
    let ranks = try zip(pods, counts).map { try PodRankJSON.podRank($0, rank: $1) }
    let chosen = PodsToDelete.choose(ranks, count: Int(try input.int("deleteCount")))
    return ["deleted": set(try chosen.map { try pods[$0].string("name") })]
  }

  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    Difference.between(["deleted": set(try expected.strings("deleted"))], actual)
  }

  private static func set(_ names: [String]) -> JSON {
    .array(names.sorted().map { .string($0) })
  }
}
