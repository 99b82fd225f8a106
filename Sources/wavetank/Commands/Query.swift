import Arguments
import Foundation
import Harness
import Manifests
import PromQL
import Reporting
import Units
import World

/// `wavetank query`: runs a scenario once with its metrics kept, and asks them in PromQL.
struct Query: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a scenario once and asks its metrics in PromQL.",
    discussion: """
      Times count from the scenario's start, after the warm-up. Without --at the query is answered \
      at every step from the start to the end.

      Examples:
        wavetank query scenarios/rolling/crash-loop-rolled-back.yaml 'up'
        wavetank query scenario.yaml 'sum by (code) (rate(http_requests_total[1m]))' --to 90s
        wavetank query scenario.yaml 'kube_pod_container_status_restarts_total' --at 1m
      """)

  @Argument(
    help: ArgumentHelp("A scenario file, or - for standard input.", valueName: "scenario"),
    completion: .file(extensions: ["yaml"]))
  var path: String
  @Argument(help: ArgumentHelp("PromQL.", valueName: "promql")) var text: String
  @Option(help: ArgumentHelp("Instead of the scenario's first seed.", valueName: "n"))
  var seed: UInt64?
  @Option(help: ArgumentHelp("Answers at one time.", valueName: "span"), transform: timeFromStart)
  var at: Span?
  @Option(
    help: ArgumentHelp("The first time; the start by default.", valueName: "span"),
    transform: timeFromStart)
  var from: Span?
  @Option(
    help: ArgumentHelp("The last time; the end by default.", valueName: "span"),
    transform: timeFromStart)
  var to: Span?
  @Option(
    help: ArgumentHelp("Between times; the scrape interval by default.", valueName: "span"),
    transform: timeAboveZero)
  var step: Span?
  @Option(help: "What standard output gets.") var output = TextOrJSON.text

  func validate() throws {
    if at != nil, from != nil || to != nil || step != nil {
      throw ValidationError("write either --at, or --from, --to and --step")
    }
  }

  func run() throws { try ExitCode.end(answer()) }

  private func answer() -> Int32 {
    let query: PromQL.Query
    do throws(QueryError) {
      query = try PromQL.Query(text)
    } catch {
      return WrongInput.say(error.description(in: text))
    }
    guard let scenarios = ScenarioInput.read([path], seeds: nil) else { return 2 }
    guard let scenario = scenarios.first, scenarios.count == 1 else {
      return WrongInput.say(
        "`\(path)` has \(scenarios.count) scenarios; write the file of one")
    }
    let (first, last) = (at ?? from ?? .zero, at ?? to ?? scenario.duration)
    if max(first, last) > scenario.duration {
      return WrongInput.say(
        "\(words(max(first, last))) is after the end of \(scenario.name), which takes "
          + words(scenario.duration))
    }
    if first > last {
      return WrongInput.say("--from \(words(first)) is after --to \(words(last))")
    }
    for name in MetricCatalog.unknownNames(in: query) {
      let near = nearest(to: name, among: MetricCatalog.seriesNames)
      Terminal.say(
        "wavetank: nothing in a run shows the metric `\(name)`"
          + (near.map { "; did you mean `\($0)`?" } ?? ""))
    }
    let store = ScenarioRun(scenario).telemetry(
      seed: seed ?? scenario.seeds.first ?? 1, for: [query])
    let start = store.begin + milliseconds(scenario.warmUp)
    do throws(QueryError) {
      let result: QueryResult
      if at != nil {
        result = try query.instant(at: start + milliseconds(first), in: store)
      } else {
        result = try query.range(
          from: start + milliseconds(first), through: start + milliseconds(last),
          step: milliseconds(step ?? store.scrapeInterval), in: store)
      }
      show(result, at: start + milliseconds(last))
      return 0
    } catch {
      return WrongInput.say(error.description(in: text) + hint(query))
    }
  }

  private func show(_ result: QueryResult, at time: Int64) {
    for annotation in result.annotations { Terminal.say(annotation.description(in: text)) }
    switch output {
    case .json: print(QueryReport.json(result.value, at: time), terminator: "")
    case .text:
      let shown = QueryReport.text(
        result.value, color: Terminal.hasColor,
        width: isatty(STDOUT_FILENO) == 1 ? Terminal.columns : nil)
      if shown.isEmpty { Terminal.say("no data") }
      print(shown, terminator: "")
    }
  }

  /// What an evaluation at several times cannot answer, one at a single time can.
  private func hint(_ query: PromQL.Query) -> String {
    switch query.expression.type {
    case .rangeVector, .string: at == nil ? "; write --at for one time" : ""
    case .scalar, .vector: ""
    }
  }

  private func words(_ span: Span) -> String { durationText(milliseconds(span)) }
  private func milliseconds(_ span: Span) -> Int64 { span.ns / 1_000_000 }
}

@Sendable private func timeFromStart(_ word: String) throws -> Span {
  guard let span = Span(text: word), span >= .zero else {
    throw ValidationError("write a time such as 90s or 5m, counted from the scenario's start")
  }
  return span
}

@Sendable private func timeAboveZero(_ word: String) throws -> Span {
  guard let span = Span(text: word), span >= .milliseconds(1) else {
    throw ValidationError("write a length of time such as 15s, at least 1ms")
  }
  return span
}
