import ClusterAPI
import Recording
import Testing
import Units

@testable import Reporting

@Suite struct PictureTests {
  private func series(_ values: [Int64]) -> RunRecord.Series {
    .init(
      name: "web", measure: .failedRequests, unit: "requests/s", start: .zero,
      interval: .seconds(1), values: values)
  }

  @Test func thinningKeepsPeaksAndTroughs() {
    var values = Array(repeating: Int64(0), count: 3600)
    values[1801] = 9
    let peaks = Sampling.peaks(series(values))
    #expect(peaks.values.count == 300)
    #expect(peaks.interval == .seconds(12))
    #expect(peaks.values.max() == 9)
    let (a, b) = (values.map { 4 - min(4, $0) }, values.map { $0 / 9 })
    let pods = Sampling.troughs([series(a), series(b)])
    #expect(pods[0].values[150] == 0 && pods[1].values[150] == 1)
  }

  @Test(arguments: [0, 1, 3, 7, 12, 99, 100, 101, 250_000, 1 << 60])
  func axesReachTheLargestValueWithFewTicks(most: Int64) {
    let axis = ValueAxis(top: 0, bottom: 100, most: most)
    #expect(axis.limit >= most)
    #expect((2...6).contains(axis.ticks.count), "\(axis.ticks)")
    #expect(axis.y(axis.limit) == 0 && axis.y(0) == 100)
  }

  @Test(arguments: [1, 59, 600, 3601, 86_400, 31 * 86_400] as [Int64])
  func theTimeAxisHasFewTicks(seconds: Int64) {
    let axis = TimeAxis(end: .seconds(seconds))
    #expect((2...11).contains(axis.ticks.count), "\(axis.ticks)")
    #expect(axis.x(.zero + .seconds(seconds)) == TimeAxis.right)
  }

  @Test func aLatencyWithoutRequestsLeavesAGap() {
    let axis = ValueAxis(top: 0, bottom: 100, most: 10)
    let curve = Curve(time: TimeAxis(end: .seconds(4)), axis: axis)
    let data = curve.line(series([10, -1, 10, 10]))
    #expect(data.filter { $0 == "M" }.count == 2)
    #expect(data.filter { $0 == "L" }.count == 1)
  }

  @Test func answersOfQueriesHavePanelsOfTheirOwn() throws {
    var run = Records.passed("a", seed: 1)
    let query = "sum(rate(http_requests_total[1m]))"
    for (name, values) in [
      (query, [250_000, 1_500_000, -1, 0]), ("up", [-1, -1]), ("rate < 1", [1_000_000]),
    ] as [(String, [Int64])] {
      run.series.append(
        .init(
          name: name, measure: .query, unit: "millionths", start: Records.at(15),
          interval: .seconds(15), values: values))
    }
    let picture = try #require(RunPicture(run))
    let panels = picture.panels.filter { $0.content == .query }
    // What never had data has no panel.
    #expect(panels.map(\.title) == [query, "rate < 1"])
    #expect(panels[0].label(500_000) == "0.5" && panels[0].label(2_000_000) == "2")
    #expect(picture.svg.contains(query) && picture.svg.contains("rate &lt; 1"))
    #expect(picture.data.contains("\"l\":2"))
  }

  private func fault(
    _ kind: String = "apiServerSlow", from: Int64, to: Int64? = nil, isBlow: Bool = false
  ) -> RunRecord.Fault {
    .init(kind, [], from: Records.at(from), to: to.map { Records.at($0) }, isBlow: isBlow)
  }

  @Test func faultsAreNamedAsTheScenarioWritesThem() {
    let spans = FaultSpan.all(Records.passed("a", seed: 1))
    #expect(
      spans.map(\.words) == [
        "errorRate: image shop/web:v2, errors 10 %", "trafficSpike: service web, factor 3 times",
      ])
    #expect(spans[1].from == Records.at(92) && spans[1].to == Records.at(152))
    #expect(spans.map(\.isShaded) == [false, true])
  }

  @Test func aFaultIsShadedUnlessItIsABlowOrHoldsThroughout() {
    var run = Records.passed("a", seed: 1)
    run.faults = [
      fault(from: 0), fault(from: 0, to: 300), fault(from: 0, to: 200), fault(from: 61),
      fault("podKill", from: 80, isBlow: true),
    ]
    let spans = FaultSpan.all(run)
    #expect(spans.map(\.isShaded) == [false, false, true, true, false])
    #expect(
      spans.map(\.to) == [run.end, Records.at(300), Records.at(200), run.end, nil])
  }

  @Test func faultsAreShadedAboveTheAreasThatWouldHideThem() throws {
    let svg = try #require(RunPicture(Records.passed("a", seed: 1))).svg
    let shade = try #require(svg.firstRange(of: "class=\"fault\"")?.lowerBound)
    let area = try #require(svg.ranges(of: "class=\"pod f").last?.lowerBound)
    #expect(area < shade)
  }

  @Test func whatTheWorldSaysOfAFaultDoesNotMakeOne() {
    var run = Records.passed("a", seed: 1)
    run.faults = []
    #expect(FaultSpan.all(run).isEmpty)
  }

  @Test func badgesDoNotCoverEachOther() throws {
    var run = Records.passed("a", seed: 1)
    for tenth in 0..<8 {
      run.faults.append(
        .init("podKill", [], from: Records.at(200, Int64(tenth)), to: nil, isBlow: true))
    }
    let marks = try #require(RunPicture(run)).marks
    let time = TimeAxis(end: .seconds(300))
    for (index, mark) in marks.enumerated() {
      #expect(mark.number == index + 1)
      for other in marks.prefix(index) where other.lane == mark.lane {
        #expect(abs(time.x(mark.at) - time.x(other.at)) >= 21)
      }
    }
    #expect(marks.map(\.at) == marks.map(\.at).sorted())
  }
}
