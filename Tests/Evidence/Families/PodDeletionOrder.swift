import Control

/// `controller.ActivePodsWithRanks`: groups of equivalent pods, the first is deleted first.
enum PodDeletionOrder: Family {
  static let name = "pod_deletion_order"

  static func answer(to input: JSON) throws -> JSON {
    let pods = try input.elements("pods")
    let ranks = try pods.map { try PodRankJSON.podRank($0, rank: Int(try $0.int("rank"))) }
    let order = PodsToDelete.order(ranks)
    var groups: [[String]] = []
    for (place, index) in order.enumerated() {
      let name = try pods[index].string("name")
      if place > 0, !PodRank.goesFirst(ranks[order[place - 1]], ranks[index]) {
        groups[groups.count - 1].append(name)
      } else {
        groups.append([name])
      }
    }
    return ["order": .array(groups.map(names))]
  }

  /// Within a group every order is right.
  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    let wanted = try expected.elements("order").map { group in
      names((group.array ?? []).compactMap(\.string))
    }
    return Difference.between(["order": .array(wanted)], actual)
  }

  private static func names(_ group: [String]) -> JSON {
    .array(group.sorted().map { .string($0) })
  }
}
