import Control
import Testing
import Units

@Suite struct PodsToDeleteTests {
  @Test(
    arguments: [
      (nil, 0), ("", 0), ("0", 0), ("5", 5), ("-100", -100), ("-007", -7), ("+1", 0), ("007", 0),
      ("00", 0), ("abc", 0), ("-", 0), ("1.5", 0), ("2147483647", 2_147_483_647),
      ("2147483648", 0), ("-2147483648", -2_147_483_648),
    ] as [(String?, Int64)])
  func deletionCost(text: String?, cost: Int64) {
    #expect(PodDeletionCost.parse(text) == cost)
  }

  @Test func ranksCountRelatedPodsOnTheSameNode() {
    let (a, b, c) = (NodeID(0), NodeID(1), NodeID(2))
    #expect(PodsToDelete.ranks([a, b, c, .none], related: [b, a, b, .none, b]) == [1, 3, 0, 1])
  }

  @Test func crowdedNodesGiveUpPodsFirst() {
    let pods = [1, 3, 2].map { rank in
      PodRank(
        assigned: true, phase: .running, ready: true, rank: rank, readyAge: .seconds(10),
        maxRestarts: 0, creationAge: .seconds(20), uid: "same")
    }
    #expect(PodsToDelete.choose(pods, count: 2) == [1, 2])
    #expect(PodsToDelete.choose(pods, count: 0) == [])
    #expect(PodsToDelete.choose(pods, count: 9).sorted() == [0, 1, 2])
  }
}
