import Foundation
import Testing

/// A scenario's metrics, asked in PromQL.
@Suite struct QueryTests {
  private static let files = [
    "s.yaml": Sandbox.scenario("short", duration: "2m"), "web.yaml": Sandbox.web,
  ]

  private struct Answer: Decodable {
    var status: String
    var data: Data

    struct Data: Decodable {
      var resultType: String
      var result: [Row]
    }

    struct Row: Decodable {
      var metric: [String: String]
      var value: Point?
      var values: [Point]?
    }

    struct Point: Decodable {
      var time: Double
      var value: String

      init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        time = try pair.decode(Double.self)
        value = try pair.decode(String.self)
      }
    }
  }

  private func answer(_ result: Executable.Result) throws -> Answer {
    #expect(result.code == 0, "\(result.errors)")
    let answer = try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8))
    #expect(answer.status == "success")
    return answer
  }

  @Test func aRangeReachesFromTheStartToTheEnd() throws {
    try Sandbox.with(Self.files) { sandbox in
      let replicas = "kube_deployment_status_replicas_updated"
      let result = try sandbox.run("query", "s.yaml", replicas, "--output", "json")
      let data = try answer(result).data
      #expect(data.resultType == "matrix" && result.errors.isEmpty)
      let row = try #require(data.result.first)
      #expect(data.result.count == 1 && row.metric["__name__"] == replicas)
      let values = try #require(row.values)
      // Every 15 s for two minutes, the first one included.
      #expect(values.count == 9)
      #expect(zip(values, values.dropFirst()).allSatisfy { $1.time - $0.time == 15 })
      // Before the change both pods are of the newest revision, and so they are in the end.
      #expect(values.first?.value == "2" && values.last?.value == "2")
      let generation = "kube_deployment_metadata_generation"
      let part = try answer(
        sandbox.run(
          "query", "s.yaml", generation, "--from", "5s", "--to", "65s", "--step", "30s",
          "--output", "json"))
      let some = try #require(part.data.result.first?.values)
      #expect(some.map(\.time) == [5, 35, 65].map { values[0].time + $0 })
      #expect(some.first?.value != some.last?.value, "the change at 10 s is a new generation")
    }
  }

  @Test func oneTimeGivesAVector() throws {
    try Sandbox.with(Self.files) { sandbox in
      let result = try sandbox.run(
        "query", "s.yaml", "sum by (phase) (kube_pod_status_phase) > 0", "--at", "1m50s",
        "--output", "json")
      let data = try answer(result).data
      #expect(data.resultType == "vector")
      #expect(data.result.map(\.metric) == [["phase": "Running"]])
      #expect(data.result.first?.value?.value == "2")
      let text = try sandbox.run("query", "s.yaml", "kube_deployment_spec_replicas", "--at", "1m")
      let lines = text.output.split(separator: "\n")
      #expect(text.code == 0 && lines.count == 2, "\(text.errors)")
      #expect(lines[0].hasPrefix("SERIES") && lines[0].hasSuffix("VALUE"))
      #expect(lines[1].hasPrefix("kube_deployment_spec_replicas{deployment=\"web\""))
      #expect(lines[1].hasSuffix(" 2"))
      // A scalar and the samples of a range have one time only.
      #expect(try sandbox.run("query", "s.yaml", "time() - time()", "--at", "1m").output == "0\n")
      let samples = try answer(
        sandbox.run(
          "query", "s.yaml", "kube_deployment_spec_replicas[1m]", "--at", "1m", "--output",
          "json"))
      #expect(samples.data.resultType == "matrix")
      #expect(samples.data.result.allSatisfy { ($0.values ?? []).count == 4 })
    }
  }

  @Test func aRangeIsALinePerSeriesWithItsEnds() throws {
    try Sandbox.with(Self.files) { sandbox in
      let result = try sandbox.run("query", "s.yaml", "vector(time() - time() + 3)")
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output == "SERIES  LAST  MIN  MAX\n{}         3    3    3\n")
    }
  }

  @Test func aSeedGivesTheSameAnswerAgain() throws {
    try Sandbox.with(Self.files) { sandbox in
      let query = "count by (pod, node) (kube_pod_info)"
      let first = try sandbox.run("query", "s.yaml", query)
      #expect(first.code == 0 && !first.output.isEmpty)
      #expect(try sandbox.run("query", "s.yaml", query, "--seed", "1").output == first.output)
      #expect(try sandbox.run("query", "s.yaml", query, "--seed", "2").output != first.output)
    }
  }

  @Test func anUnknownMetricGetsTheNearestName() throws {
    try Sandbox.with(Self.files) { sandbox in
      let result = try sandbox.run("query", "s.yaml", "kube_pod_inf", "--output", "json")
      #expect(try answer(result).data.result.isEmpty)
      #expect(result.errors.contains("metric `kube_pod_inf`; did you mean `kube_pod_info`?"))
      let absent = try sandbox.run("query", "s.yaml", "absent(kube_pod_inf)", "--at", "1m")
      #expect(absent.code == 0 && absent.output.hasSuffix(" 1\n"), "\(absent.output)")
    }
  }

  @Test func annotationsStandOnStandardError() throws {
    try Sandbox.with(Self.files) { sandbox in
      let result = try sandbox.run("query", "s.yaml", "rate(kube_pod_start_time[1m])")
      #expect(result.code == 0)
      #expect(result.errors.contains("PromQL info: metric might not be a counter"))
      #expect(!result.output.contains("PromQL info"))
    }
  }

  @Test(arguments: [
    (["sum(rate(up[5m])"], "1:17: "),
    (["up\n  and )"], "2:7: "),
    (["up[1m]"], "invalid expression type \"range vector\" for range query"),
    (["up[1m]"], "; write --at for one time"),
    (["up", "--at", "3m"], "3m is after the end of short, which takes 2m"),
    (["up", "--from", "90s", "--to", "30s"], "--from 1m30s is after --to 30s"),
    (["up", "--at", "1m", "--step", "5s"], "write either --at, or --from, --to and --step"),
    (["up", "--step", "0s"], "write a length of time such as 15s"),
    (["up", "--at", "soon"], "write a time such as 90s or 5m"),
    (["kube_pod_info * on (namespace) kube_pod_info"], "duplicate series"),
  ])
  func whatCannotBeAnsweredEndsWith2(words: [String], sentence: String) throws {
    try Sandbox.with(Self.files) { sandbox in
      let result = try Executable.run(["query", "s.yaml"] + words, in: sandbox.folder)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(result.errors.contains(sentence), "\(result.errors)")
    }
  }

  @Test func aFolderIsNoScenario() throws {
    var files = Self.files
    files["all/a.yaml"] = Sandbox.scenario("a", manifests: "../web.yaml")
    files["all/b.yaml"] = Sandbox.scenario("b", manifests: "../web.yaml")
    try Sandbox.with(files) { sandbox in
      let result = try sandbox.run("query", "all", "up")
      #expect(result.code == 2 && result.errors.contains("`all` has 2 scenarios"))
      #expect(try sandbox.run("query", "none.yaml", "up").code == 2)
    }
  }
}
