import PromQL
import Testing

@testable import Reporting

@Suite struct QueryReportTests {
  private func series(_ name: String, _ values: [Double]) -> Series {
    Series(
      labels: PromQL.Labels(name: name, [Label("pod", "a")]),
      samples: Samples(times: values.indices.map { 1_000 + Int64($0) * 500 }, values: values))
  }

  @Test func aSeriesIsALineWithItsEnds() {
    let value = QueryValue.matrix([series("up", [1, 0, 2.5]), series("down", [.nan])])
    let text = QueryReport.text(value, color: false, width: nil)
    #expect(
      text == """
        SERIES         LAST  MIN  MAX
        up{pod="a"}     2.5    0  2.5
        down{pod="a"}   NaN  NaN  NaN

        """)
    #expect(QueryReport.text(.matrix([]), color: false, width: nil) == "")
  }

  @Test func aTerminalShowsHowTheValuesWent() throws {
    let rising = series("up", (0..<80).map(Double.init))
    let text = QueryReport.text(.matrix([rising]), color: false, width: 120)
    let line = try #require(text.split(separator: "\n").last)
    let spark = try #require(line.split(separator: " ").last)
    #expect(spark.count == 40 && spark.first == "▁" && spark.last == "█")
    #expect(zip(spark, spark.dropFirst()).allSatisfy { $0 <= $1 })
    // Where it is too narrow, the line goes first.
    #expect(!QueryReport.text(.matrix([rising]), color: false, width: 40).contains("█"))
  }

  @Test func aLineHasBlanksWhereNothingWas() {
    func line(_ times: [Int64], _ values: [Double]) -> String {
      QueryReport.spark(
        Samples(times: times, values: values), from: 0, through: 400, parts: 5)
    }
    #expect(line([0, 100, 300], [0, 7, 3.5]) == "▁█ ▅")
    #expect(line([400], [3]) == "    ▁")
    #expect(line([0, 50, 100], [1, 9, 8]) == "█▁")
    #expect(line([0, 400], [-1e308, 1e308]) == "▁   █")
    #expect(line([0], [.nan]) == "")
  }

  @Test(arguments: [
    (
      QueryValue.scalar(.infinity),
      #"{"resultType":"scalar","result":[1704067217.5,"+Inf"]}"#
    ),
    (.string("a\"b"), #"{"resultType":"string","result":[1704067217.5,"a\"b"]}"#),
    (
      .vector([SeriesValue(labels: PromQL.Labels(name: "up", [Label("b", "c")]), value: 1e-7)]),
      #"{"resultType":"vector","result":[{"metric":{"__name__":"up","b":"c"},"#
        + #""value":[1704067217.5,"0.0000001"]}]}"#
    ),
    (
      .matrix([
        Series(labels: .empty, samples: Samples(times: [1000, 1001], values: [1e21, .nan]))
      ]),
      #"{"resultType":"matrix","result":[{"metric":{},"#
        + #""values":[[1,"1000000000000000000000"],[1.001,"NaN"]]}]}"#
    ),
  ])
  func theDocumentIsThatOfPrometheus(value: QueryValue, data: String) {
    let text = QueryReport.json(value, at: 1_704_067_217_500)
    #expect(text == #"{"status":"success","data":"# + data + "}\n")
  }
}
