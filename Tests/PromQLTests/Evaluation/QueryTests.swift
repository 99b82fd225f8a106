import PromQL
import Testing

@Suite struct QueryTests {
  private let labels = Labels(name: "n", [Label("a", "1")])

  private func store(count: Int = 60) -> SeriesStore {
    var store = SeriesStore()
    let times = (0..<count).map { Int64($0) * 10_000 }
    store.add(Samples(times: times, values: times.map { Double($0) / 10_000 }), to: labels)
    return store
  }

  @Test func rangeQueriesEqualInstantOnes() throws {
    for text in [
      "n", "rate(n[1m])", "sum(n) by (a)", "n offset 20s", "max_over_time(n[1m:20s])", "n @ 100",
      "topk(1, n)", "n > 10", "avg_over_time(n[45s])", "n + on (a) n", "absent(n)", "timestamp(n)",
    ] {
      let query = try Query(text)
      let whole = try query.range(from: 15_000, through: 700_000, step: 7000, in: store())
      guard case .matrix(let matrix) = whole.value else {
        Issue.record("\(text) is no matrix")
        continue
      }
      for time in stride(from: Int64(15_000), through: 700_000, by: 7000) {
        guard case .vector(let vector) = try query.instant(at: time, in: store()).value else {
          Issue.record("\(text) is no vector")
          continue
        }
        let step = matrix.compactMap { series in
          series.samples.times.firstIndex(of: time).map {
            SeriesValue(labels: series.labels, value: series.samples.values[$0])
          }
        }
        #expect(vector == step, "\(text) at \(time)")
      }
    }
  }

  @Test func namesAreDroppedAtOnceUnlessItIsPutOff() throws {
    let query = try Query("sum by (__name__) (rate(n[1m]))")
    for delays in [false, true] {
      let answer = try query.instant(
        at: 100_000, in: store(), options: QueryOptions(delaysNameRemoval: delays))
      guard case .vector(let vector) = answer.value else { continue }
      #expect(vector.map(\.labels) == [.empty])
    }
    let replaced = try Query("label_replace(rate(n[1m]), \"m\", \"$1\", \"__name__\", \"(.*)\")")
    for (delays, wanted) in [(false, ""), (true, "n")] {
      let answer = try replaced.instant(
        at: 100_000, in: store(), options: QueryOptions(delaysNameRemoval: delays))
      guard case .vector(let vector) = answer.value else { continue }
      #expect(vector.map { $0.labels["m"] } == [wanted])
    }
  }

  @Test func nativeHistogramsAreUnsupported() throws {
    var store = store()
    store.add(Samples(histogramTimes: [50_000]), to: Labels(name: "h"))
    do {
      _ = try Query("1 + h").instant(at: 60_000, in: store)
      Issue.record("there is an answer")
    } catch {
      #expect(error.kind == .unsupported && error.range == SourceRange(4, 5))
    }
    guard case .vector(let later) = try Query("h").instant(at: 400_000, in: store).value else {
      Issue.record("h is no vector")
      return
    }
    #expect(later.isEmpty)
  }

  @Test func tooManyPointsAreRefused() throws {
    #expect(throws: QueryError.self) {
      _ = try Query("max_over_time(n[1y:1ms])").instant(at: 0, in: store())
    }
    #expect(throws: QueryError.self) {
      _ = try Query("n").range(
        from: 0, through: 1_000_000, step: 1, in: store(), options: QueryOptions(pointsMax: 1000))
    }
  }

  @Test func timesBeyondReasonAreRefused() throws {
    for time in [Int64.min, .max] {
      #expect(throws: QueryError.self) { _ = try Query("n").instant(at: time, in: store()) }
    }
    #expect(throws: QueryError.self) {
      _ = try Query("1").range(from: 0, through: 1 << 60, step: 1, in: store())
    }
    let far = try Query("n @ 1e15 offset -292y").instant(at: 0, in: store())
    guard case .vector(let vector) = far.value else { return }
    #expect(vector.isEmpty)
  }

  @Test func rangeVectorsHaveNoRangeQuery() throws {
    #expect(throws: QueryError.self) {
      _ = try Query("n[5m]").range(from: 0, through: 10, step: 1, in: store())
    }
    #expect(throws: QueryError.self) {
      _ = try Query("n").range(from: 0, through: 10, step: 0, in: store())
    }
  }

  @Test func selectorsTellTheirReach() throws {
    let query = try Query(
      "rate(a[5m] offset 1m) + on (x) max_over_time(b[1h:10m] @ 7200) > c and info(d, {e=\"f\"})")
    let found = try query.selectors(from: 10_000_000, through: 20_000_000, step: 1000)
    let names = found.map { $0.matchers.map(\.description).joined(separator: ",") }
    #expect(
      names == [
        "__name__=\"a\"", "__name__=\"b\"", "__name__=\"c\"", "__name__=\"d\"",
        "__name__=\"target_info\",e=\"f\"",
      ])
    #expect(
      found.map(\.span) == [
        TimeSpan(after: 9_640_000, through: 19_940_000),
        TimeSpan(after: 3_300_000, through: 7_200_000),
        TimeSpan(after: 9_700_000, through: 20_000_000),
        TimeSpan(after: 9_700_000, through: 20_000_000),
        TimeSpan(after: 9_700_000, through: 20_000_000),
      ])
  }

  /// Whatever is asked lies within what was told beforehand.
  @Test func evaluationsStayWithinTheReach() throws {
    for text in [
      "n", "rate(n[5m])", "n offset 1h", "n @ 500", "max_over_time(n[1h:7m] offset 3m)",
      "sum_over_time(rate(n[5m])[10m:1m] @ 900)", "n smoothed", "increase(n[5m] anchored)",
      "info(n offset 2m)",
    ] {
      let query = try Query(text)
      let told = try query.selectors(from: 600_000, through: 1_200_000, step: 60_000)
      let recorder = Recorder()
      _ = try query.range(from: 600_000, through: 1_200_000, step: 60_000, in: recorder)
      #expect(!recorder.asked.isEmpty || text.hasPrefix("info"))
      for span in recorder.asked {
        let isTold = told.contains {
          $0.span.after <= span.after && span.through <= $0.span.through
        }
        #expect(isTold, "\(text) asks for \(span)")
      }
    }
  }

  private final class Recorder: SeriesSource {
    var asked: [TimeSpan] = []

    func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
      asked.append(span)
      return []
    }
  }
}
