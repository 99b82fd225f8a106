import Testing

@testable import Control

@Suite struct ContainerUsageTests {
  private let start: Int64 = 1_768_821_546

  @Test func anOOMKillOfAnEarlierIntervalIsLeftOut() {
    var usage = ContainerUsage()
    _ = usage.addMemory(200_000_000, at: start)
    let before = usage
    let isTaken = usage.addOutOfMemory(request: 1_000_000_000, at: start - 1)
    #expect(!isTaken)
    #expect(usage == before)
    let isTakenNow = usage.addOutOfMemory(request: 1_000_000_000, at: start)
    #expect(isTakenNow)
    #expect(usage.memoryPeaks.percentile(1) > 1_200_000_000)
  }

  @Test func aDayHasOnePeak() {
    var usage = ContainerUsage()
    for (hour, mega) in [(0, 100), (5, 300), (9, 200)] {
      _ = usage.addMemory(Int64(mega) * 1_000_000, at: start + Int64(hour) * 3600)
    }
    let one = usage.memoryPeaks
    #expect(one.checkpoint.count == 1)
    #expect(one.percentile(0.01) > 300_000_000)
    _ = usage.addMemory(50_000_000, at: start + 86_400)
    #expect(usage.memoryPeaks.checkpoint.count == 2)
  }

  @Test func withoutHistoryTheBoundsAreWide() {
    var usage = ContainerUsage()
    let accepted = (0..<2).map { _ in usage.addCPU(100, at: start) }
    #expect(accepted == [true, false])
    let found = ResourceRecommender().recommendations(for: [usage])[0]
    #expect(found.upperBound.cpuMilli == ResourceAmount.max)
    #expect(found.lowerBound.cpuMilli == 25)
    #expect(found.target.cpuMilli > 100 && found.target.cpuMilli < 130)
  }
}
