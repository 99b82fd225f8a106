import ClusterAPI
import Evidence
import PromQL
import Testing
import Units

@testable import Control

/// Checks of Canaries against those of a real Flagger 1.44.0.
@Suite struct CanaryCheckTests {
  private typealias CheckPass = Pass<Int, Int>

  @Test(arguments: try CheckRecording.all().map(\.name))
  func asksAndJudgesAsWasRecorded(name: String) throws {
    let recording = try #require(try CheckRecording.all().first { $0.name == name })
    var (asked, failures) = (0, 0)
    while asked < recording.queries.count {
      var pass = CheckPass(now: .zero, input: 0, memory: 0)
      ticking: while true {
        var replay = pass
        do {
          if try recording.canary.firstFailure(&replay) != nil { failures += 1 }
          break
        } catch {
          guard case .measure(let query)? = replay.pending, asked < recording.queries.count else {
            Issue.record("asks more than was recorded")
            return
          }
          let recorded = recording.queries[asked]
          #expect(same(query, recorded.text), "\(query) instead of \(recorded.text)")
          asked += 1
          replay.resume(with: .measured(recorded.answer))
          pass = replay
        }
      }
    }
    #expect(failures == recording.failedChecks)
  }

  /// Whether two texts are one query, or the same text where they are none.
  private func same(_ a: String, _ b: String) -> Bool {
    guard let one = try? PromQL.Query(a), let other = try? PromQL.Query(b) else {
      return a.filter { $0 != " " } == b.filter { $0 != " " }
    }
    return one.expression.description == other.expression.description
  }

  @Test func theRecordingsAreThere() throws {
    #expect(try CheckRecording.all().count == 54)
  }

  @Test func boundsAreInside() {
    var check = CanaryAnalysis.Check()
    check.source = .query("x")
    (check.min, check.max) = (1, 5)
    #expect([1, 3, 5].allSatisfy { check.passes($0) })
    #expect(![0.99, 5.01, .nan, .infinity].contains { check.passes($0) })
    check.source = .duration
    (check.min, check.max) = (nil, 500)
    #expect(check.passes(500.9) && !check.passes(501) && check.passes(.infinity))
  }

  @Test func countsAreStoredAsText() {
    var count = CheckCount(ticked: Timestamp(seconds: 120))
    #expect(CheckCount(text: count.text) == count)
    (count.failed, count.check, count.value) = (3, "request success rate", 97.2)
    #expect(CheckCount(text: count.text) == count)
    #expect(CheckCount(text: "120 3") == nil)
  }
}
