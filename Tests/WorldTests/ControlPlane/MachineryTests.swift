import ClusterAPI
import Testing
import Units
import World

@Suite struct MachineryTests {
  @Test func aCursorSeesEntriesInOrderAfterTheirLag() {
    var log = RevisionLog()
    var cursor = Cursor()
    for (index, at) in [0, 10, 12].enumerated() {
      _ = log.nextVersion()
      log.append(
        .pod(PodID(index), PodView()), at: Instant(ns: Int64(at)))
    }
    // The second entry travels longer than the third; order is kept all the same.
    let lags: [Int64] = [5, 100, 1]
    var seen: [(UInt64, Int64)] = []
    while let wake = cursor.notice(log, lag: { Span(ns: lags[$0]) }) {
      guard case .entry(let entry) = cursor.step(log, now: wake) else { break }
      seen.append((entry.resourceVersion, wake.ns))
    }
    #expect(seen.map { $0.0 } == [1, 2, 3])
    #expect(seen.map { $0.1 } == [5, 110, 110])
  }

  @Test func aCursorThatFallsBehindTheLogExpires() {
    var log = RevisionLog(retention: 2)
    var cursor = Cursor()
    for index in 0..<4 {
      _ = log.nextVersion()
      log.append(.pod(PodID(index), PodView()), at: .zero)
    }
    #expect(log.entries.count == 2)
    #expect(log.entry(at: 1) == nil)
    #expect(log.entry(at: 2)?.resourceVersion == 3)
    let wake = cursor.notice(log, lag: { _ in .zero })
    #expect(wake == .zero)
    guard case .expired = cursor.step(log, now: .zero) else {
      Issue.record("the entries are gone")
      return
    }
    cursor.skipToEnd(log, now: .zero)
    #expect(cursor.position == log.end)
    #expect(cursor.notice(log, lag: { _ in .zero }) == nil)
  }

  @Test func aTokenBucketLetsABurstThroughAndThenItsRate() {
    var bucket = TokenBucket(qps: 20, burst: 30)
    let now = Instant(ns: 1_000_000_000)
    let starts = (0..<33).map { _ in bucket.take(now) }
    #expect(starts[..<30].allSatisfy { $0 == now })
    #expect(starts[30] - now == .milliseconds(50))
    #expect(starts[32] - now == .milliseconds(150))
    // A second later twenty tokens have come back, three of them were owed.
    let later = now + .seconds(1)
    let again = (0..<18).map { _ in bucket.take(later) }
    #expect(again[16] == later)
    #expect(again[17] > later)
  }

  @Test func aKeyWaitsOnceAndIsProcessedByOneWorker() {
    var queue = WorkQueue(workers: 2)
    queue.add(7)
    queue.add(7)
    queue.add(3)
    #expect(queue.take() == 7)
    queue.add(7)
    #expect(queue.take() == 3)
    #expect(queue.take() == nil, "both workers are busy")
    queue.done(7)
    #expect(queue.take() == 7, "it was added while it was processed")
    queue.done(7)
    queue.done(3)
    #expect(queue.take() == nil)
    #expect(queue.freeWorkers == 2)
  }

  @Test func failuresBackOffAndAreForgotten() {
    var queue = WorkQueue(workers: 1)
    queue.add(0)
    let delays = (0..<20).map { _ in queue.backOff(0) }
    #expect(delays[0] == .milliseconds(5))
    #expect(delays[1] == .milliseconds(10))
    #expect(delays[17] == .milliseconds(655_360))
    #expect(delays[19] == .seconds(1000))
    queue.forget(0)
    #expect(queue.backOff(0) == .milliseconds(5))
  }
}
