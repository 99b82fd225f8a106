import PromQL
import Testing

@Suite struct RuleTimesTests {
  private func group(_ name: String = "web", file: String = "shop/rules") -> RuleGroup {
    RuleGroup(name: name, file: file, interval: 30_000, rules: [])
  }

  /// rules/group.go, `EvalTimestamp`: the interval's multiples and the offset.
  @Test(arguments: [1_704_067_200_000, 1_704_067_213_457, -7] as [Int64])
  func evaluationsKeepTheirOffset(start: Int64) {
    for seed in 1...20 as ClosedRange<UInt64> {
      let group = group()
      let offset = group.offset(seed: seed)
      #expect((0..<30_000).contains(offset))
      let first = group.firstEvaluation(from: start, seed: seed)
      #expect((start..<start + 30_000).contains(first))
      #expect((first - offset) % 30_000 == 0)
      #expect(group.firstEvaluation(from: first, seed: seed) == first)
      #expect(group.firstEvaluation(from: first + 1, seed: seed) == first + 30_000)
    }
  }

  @Test func theOffsetHangsOnTheNamesAndTheSeed() {
    let offset = group().offset(seed: 1)
    #expect(group().offset(seed: 1) == offset)
    #expect(group("other").offset(seed: 1) != offset)
    #expect(group(file: "shop/other").offset(seed: 1) != offset)
    #expect(group().offset(seed: 2) != offset)
    // Not a part of one name for a part of the other.
    #expect(group("ab", file: "c").offset(seed: 1) != group("b", file: "ca").offset(seed: 1))
    let spread = Set((1...200 as ClosedRange<UInt64>).map { group().offset(seed: $0) / 3_000 })
    #expect(spread.count == 10)
  }
}
