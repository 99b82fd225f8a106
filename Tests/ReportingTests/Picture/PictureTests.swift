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

  @Test func faultsThatEndAreSpans() {
    let spans = FaultSpan.all(Records.passed("a", seed: 1))
    #expect(
      spans.map(\.words) == [
        "shop/web:v2: 10 % of requests answered with 500", "load of service/web times 3.0",
      ])
    #expect(spans[0].to == nil)
    #expect(spans[1].from == Records.at(92) && spans[1].to == Records.at(152))
  }

  @Test func aFaultThatNeverEndsHoldsToTheEnd() {
    var run = Records.passed("a", seed: 1)
    run.timeline = [
      .init(at: Records.at(10), happening: .fault("registry stops to deliver shop/web:v2")),
      .init(
        at: Records.at(20), happening: .fault("API server: 200 ms more, 5 % of writes refused")),
      .init(at: Records.at(30), happening: .fault("API server: 0 ms more, 0 % of writes refused")),
    ]
    #expect(FaultSpan.all(run).map(\.to) == [run.end, Records.at(30)])
  }

  @Test func aVersionThatIsBadForGoodIsNoSpan() {
    var run = Records.passed("a", seed: 1)
    run.timeline = [
      .init(at: Records.at(0), happening: .fault("shop/web:v2: never ready")),
      .init(
        at: Records.at(10), happening: .fault("shop/web:v2: 2.5 % of requests answered with 500")),
      .init(at: Records.at(20), happening: .fault("shop/web:v2: ready again")),
      .init(at: Records.at(30), happening: .fault("shop/db:v1: service time times 8")),
      .init(at: Records.at(40), happening: .fault("shop/db:v2: service time times 1")),
    ]
    let spans = FaultSpan.all(run)
    #expect(spans.map(\.from) == [Records.at(0), Records.at(10), Records.at(30)])
    #expect(spans.map(\.to) == [Records.at(20), nil, nil])
  }

  @Test func badgesDoNotCoverEachOther() throws {
    var run = Records.passed("a", seed: 1)
    for tenth in 0..<8 {
      run.timeline.append(
        .init(
          at: Records.at(200, Int64(tenth)),
          happening: .fault("1 pod(s) of deployment/web killed")))
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
