public import ClusterAPI
public import Control
import Foundation
import Manifests
public import Units

/// An AnalysisRun of a real Argo Rollouts: what it was told, what Prometheus answered, what came of it.
///
/// From `delivery-recordings`: the families `l-*`, of each AnalysisRun its spec, the answers by time and its
/// last status. All times are seconds from the recording's start.
public struct AnalysisRecording: Sendable {
  public struct Metric: Hashable, Sendable {
    public var name: String
    public var phase: String
    public var count: Int64
    /// When each measurement was finished, its phase and its value as Argo writes it.
    public var measurements: [Measurement]
  }

  public struct Measurement: Hashable, Sendable {
    public var at: Int64
    public var phase: String
    public var value: String

    public init(at: Int64, phase: String, value: String) {
      (self.at, self.phase, self.value) = (at, phase, value)
    }
  }

  public var name: String
  public var metrics: [AnalysisMetric]
  public var created: Instant
  /// When it was told to end; nil: never.
  public var terminated: Instant?
  public var phase: String
  public var results: [Metric]
  private var answers: [(key: String, steps: [(from: Double, answer: JSON)])]

  /// The committed selection.
  public static func all() throws -> [AnalysisRecording] {
    let file = Places.packageRoot.appending(path: "Tests/Fixtures/delivery/analysis-runs.json")
    return try JSON(parsing: try Data(contentsOf: file)).array.map {
      try $0.map { try AnalysisRecording($0) }
    } ?? []
  }

  private init(_ json: JSON) throws {
    name = "\(try json.string("recording")) \(try json.string("run"))"
    created = Instant(ns: Int64(try json.number("createdAt") * 1e9))
    let (spec, status) = (try json.require("spec"), try json.require("status"))
    if try spec["terminate"].map({ _ in try spec.bool("terminate") }) ?? false {
      terminated = Instant(ns: try status.int("completedAt") * 1_000_000_000)
    }
    var template = spec
    if case .object(var members) = template {
      members["terminate"] = nil
      template = .object(members)
    }
    let document: JSON = [
      "apiVersion": "argoproj.io/v1alpha1", "kind": "AnalysisTemplate",
      "metadata": ["name": "recorded"], "spec": template,
    ]
    let set = AnalysisReader.read(files: [("recorded", Array(document.description.utf8))])
    guard let read = set.templates.first, set.diagnostics.isEmpty else {
      throw EvidenceError("\(name): \(set.diagnostics.map(\.message))")
    }
    let subject = GuardAnalysis.Subject(meta: ObjectMeta(name: "web"), latest: "", stable: "")
    metrics = try GuardAnalysis(templates: [read]).metrics(subject)
    phase = try status.string("phase")
    results = try status.elements("metricResults").map { result in
      Metric(
        name: try result.string("name"), phase: try result.string("phase"),
        count: result["count"]?.int ?? 0,
        measurements: try result.elements("measurements").map {
          Measurement(
            at: try $0.int("finishedAt"), phase: try $0.string("phase"),
            value: $0["value"]?.string ?? "")
        })
    }
    answers = try json.members("answers").sorted { $0.key < $1.key }.map { key, steps in
      (
        key,
        try (steps.array ?? []).map { step in
          guard let pair = step.array, pair.count == 2, let from = pair[0].number else {
            throw EvidenceError("\(key): a step is no pair")
          }
          return (from, pair[1])
        }
      )
    }
  }

  /// What the scripted Prometheus said to a query.
  public func answer(_ query: String, at time: Instant) -> MeasuredResult? {
    guard let script = answers.first(where: { query.contains($0.key) }),
      let step = script.steps.last(where: { $0.from <= time.seconds })
    else { return .vector([]) }
    return ScriptedAnswer.result(step.answer)
  }
}

/// An answer of the scripted Prometheus of `delivery-recordings`.
public enum ScriptedAnswer {
  /// nil: none, or an error.
  public static func result(_ answer: JSON) -> MeasuredResult? {
    if let list = answer.array {
      return .vector(list.compactMap { number($0) })
    }
    if let text = answer.string {
      if text == "empty" { return .vector([]) }
      if text.hasPrefix("scalar:") { return Double(text.dropFirst(7)).map { .scalar($0) } }
    }
    return number(answer).map { .vector([$0]) }
  }

  private static func number(_ answer: JSON) -> Double? {
    if let number = answer.number { return number }
    switch answer.string {
    case "NaN": return .nan
    case "+Inf": return .infinity
    case "-Inf": return -.infinity
    default: return nil
    }
  }
}
